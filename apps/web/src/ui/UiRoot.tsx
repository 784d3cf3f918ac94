import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useLanguage } from '../lib/i18n.ts'
import { narrow, useMedia } from '../lib/media.ts'
import { whenRefused } from '../lib/query-client.ts'
import { useTheme } from '../lib/theme.ts'
import { antdThemeFor } from './antd-theme.ts'

/** Puts antd into our looks and the reader's language; everything of the desk is drawn inside it. */
export function UiRoot({ children }: { children: ReactNode }) {
  const language = useLanguage()
  const theme = useTheme()
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const touch = useMedia(narrow)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens read there follow the language
  const config = useMemo(
    () => antdThemeFor(theme, { motion: !still, touch }),
    // The language decides which fonts come first.
    [theme, still, touch, language],
  )
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  return (
    <ConfigProvider
      theme={config}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <App message={{ maxCount: 3 }} notification={{ placement: 'bottomRight' }}>
        <RefusalToasts />
        {children}
      </App>
    </ConfigProvider>
  )
}

function RefusalToasts() {
  const { message } = App.useApp()
  useEffect(() => whenRefused((error) => void message.error(error.message, 6)), [message])
  return null
}

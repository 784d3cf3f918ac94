import { theme as antdTheme, type ThemeConfig } from 'antd'
import { type Theme, token } from '../lib/theme.ts'

/** antd's tokens taken from tokens.css; a token that is not there (no style sheet) keeps antd's own value. */
function known<T extends Record<string, string>>(tokens: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(tokens).filter(([, value]) => value !== ''),
  ) as Partial<T>
}

export function antdThemeFor(
  theme: Theme,
  { motion, touch }: { motion: boolean; touch: boolean },
): ThemeConfig {
  return {
    algorithm: theme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      ...known({
        colorPrimary: token('primary'),
        colorInfo: token('info'),
        colorSuccess: token('success'),
        colorWarning: token('warning'),
        colorError: token('danger'),
        // Of banners; what antd derives from our ink comes out muddy.
        colorInfoBg: token('info-soft'),
        colorSuccessBg: token('success-soft'),
        colorWarningBg: token('warning-soft'),
        colorErrorBg: token('danger-soft'),
        colorLink: token('primary-text'),
        colorTextBase: token('ink'),
        colorBgLayout: token('canvas'),
        colorBgContainer: token('surface'),
        colorBgElevated: token('floating'),
        colorBorderSecondary: token('hairline'),
        colorTextSecondary: token('ink-soft'),
        colorTextDescription: token('ink-soft'),
        colorTextPlaceholder: token('ink-soft'),
        colorPrimaryText: token('primary-text'),
        colorErrorText: token('danger-text'),
        colorWarningText: token('warning-text'),
        colorSuccessText: token('success-text'),
        fontFamily: token('font'),
      }),
      motion,
      borderRadius: 8,
      fontSize: 14,
      // 44 px is the least a thumb hits surely.
      controlHeight: touch ? 44 : 36,
      motionDurationSlow: '0.18s',
      motionDurationMid: '0.14s',
    },
    components: {
      // Rows of 44 px: 14 px type at 22 px line height between two times 11 px.
      Table: { cellPaddingBlock: 11, headerBg: token('surface-soft') || undefined },
      Drawer: { paddingLG: 20 },
      Tabs: { itemSelectedColor: token('primary-text') || undefined },
      // Below 16 px iOS zooms into the page when a field is touched.
      ...(touch && { Input: { inputFontSize: 16 }, DatePicker: { inputFontSize: 16 } }),
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    },
  }
}

import SearchOutlined from '@ant-design/icons/SearchOutlined'
import { Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useShortcut } from '../lib/shortcuts.ts'
import { uiTexts } from './ui.texts.ts'

type SearchFieldProps = {
  /** The search in the URL. */
  value: string | undefined
  placeholder: string
  /** Called 300 ms after the last key, never in the middle of an IME composition; empty is `undefined`. */
  onChange: (q: string | undefined) => void
}

/** The search box of a page's filter row; `/` puts the cursor into it. */
export function SearchField({ value, placeholder, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value ?? '')
  const [sent, setSent] = useState(value)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<InputRef>(null)
  useShortcut('/', uiTexts.shortcutSearch, () => input.current?.focus({ cursor: 'all' }))
  useEffect(() => () => clearTimeout(timer.current), [])

  // The URL changed by other means (back button, 清除筛选): it wins over what is in the box.
  if (value !== sent) {
    setSent(value)
    setText(value ?? '')
  }
  const send = (next: string, wait: number) => {
    clearTimeout(timer.current)
    if (composing.current) return
    const q = next.trim() || undefined
    timer.current = setTimeout(() => {
      setSent(q)
      onChange(q)
    }, wait)
  }
  return (
    <Input
      ref={input}
      type="search"
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      placeholder={placeholder}
      aria-label={placeholder}
      style={{ width: 260 }}
      maxLength={100}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        send(event.target.value, 300)
      }}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        send(event.currentTarget.value, 300)
      }}
      onPressEnter={() => send(text, 0)}
    />
  )
}

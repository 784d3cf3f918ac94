import { Tooltip } from 'antd'
import { unknown, useFormats } from '../lib/formats.ts'
import { createValue, useValue } from '../lib/value.ts'

/** Moves every 30 s, so that "3 minutes ago" grows without each component keeping a clock. */
const tick = createValue(Date.now())
setInterval(() => tick.set(Date.now()), 30_000)

type TimeProps = { at: string | null | undefined }

/** 11月22日 周日 19:30 in the institution's zone. */
export function DateTime({ at }: TimeProps) {
  const formats = useFormats()
  return at ? <time dateTime={at}>{formats.dateTime(at)}</time> : unknown
}

/** 3分钟前 within 24 hours, the full time beyond them; the full time always on hover. */
export function RelTime({ at }: TimeProps) {
  const formats = useFormats()
  const now = useValue(tick)
  if (!at) return unknown
  const full = formats.dateTime(at)
  const near = formats.relative(at, new Date(now))
  if (!near) return <time dateTime={at}>{full}</time>
  return (
    <Tooltip title={full}>
      <time dateTime={at}>{near}</time>
    </Tooltip>
  )
}

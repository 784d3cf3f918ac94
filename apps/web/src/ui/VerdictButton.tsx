import type { Verdict } from '@xingbo/shared/verdict'
import { App, Button, type ButtonProps, Tooltip } from 'antd'
import { useSay } from '../lib/say.ts'
import styles from './VerdictButton.module.css'

type VerdictButtonProps = Omit<ButtonProps, 'disabled'> & {
  /** What the shared rule says; a refusal makes the button refuse with the rule's sentence. */
  verdict: Verdict
}

/**
 * A button that knows whether it may and says why not:
 * `<VerdictButton verdict={contentCan.move(content, stage, me)} onClick={…}>`.
 * It stays focusable while refused, so that keyboard and touch can reach the reason too.
 */
export function VerdictButton({ verdict, onClick, className, ...button }: VerdictButtonProps) {
  const say = useSay()
  const { message } = App.useApp()
  if (verdict.ok)
    return <Button {...button} {...(className && { className })} {...(onClick && { onClick })} />
  const reason = say(verdict.reason)
  return (
    <Tooltip title={reason}>
      <Button
        {...button}
        href={undefined}
        type={button.type === 'text' || button.type === 'link' ? button.type : 'default'}
        danger={false}
        className={`${styles.refused} ${className ?? ''}`}
        aria-disabled
        onClick={(event) => {
          event.preventDefault()
          void message.info(reason)
        }}
      />
    </Tooltip>
  )
}

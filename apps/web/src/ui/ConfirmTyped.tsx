import { App, Input } from 'antd'
import { useTexts } from '../lib/i18n.ts'
import { uiTexts } from './ui.texts.ts'

type TypedConfirm = {
  /** 「抹除 张** 的联系方式？」 */
  title: string
  /** What will be lost, in one or two sentences. */
  loss: string
  /** The name that must be typed. */
  name: string
  /** The verb on the button. */
  verb: string
  /** Does it; the dialog stays open with its button busy until this settles. */
  onConfirm: () => Promise<unknown>
}

/** One such dialog is open at a time. */
const fieldId = 'confirm-typed'

/** For acts that cannot be undone: `const confirmTyped = useConfirmTyped()` and then `confirmTyped({ … })`. */
export function useConfirmTyped(): (what: TypedConfirm) => void {
  const { modal } = App.useApp()
  const t = useTexts(uiTexts)
  return ({ title, loss, name, verb, onConfirm }) => {
    const dialog = modal.confirm({
      title,
      content: (
        <>
          <p>{loss}</p>
          <label htmlFor={fieldId}>
            <span>{t('typeToConfirm', { name })}</span>
            <Input
              id={fieldId}
              autoFocus
              autoComplete="off"
              style={{ marginTop: 8 }}
              onChange={(event) =>
                dialog.update({
                  okButtonProps: { danger: true, disabled: event.target.value.trim() !== name },
                })
              }
            />
          </label>
        </>
      ),
      okText: verb,
      cancelText: t('cancel'),
      okButtonProps: { danger: true, disabled: true },
      onOk: () => onConfirm().catch(() => {}),
    })
  }
}

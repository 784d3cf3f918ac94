import { Alert, App, Button, Drawer, Form, type FormInstance } from 'antd'
import { memo, type ReactNode, useState } from 'react'
import { ApiError } from '../lib/http.ts'
import { useTexts } from '../lib/i18n.ts'
import { uiTexts } from './ui.texts.ts'

type FormDrawerProps<Values extends object> = {
  open: boolean
  onClose: () => void
  title: string
  /** What the fields start with; read each time the drawer opens. */
  initialValues?: Partial<Values>
  /**
   * Saves. Resolving closes the drawer; throwing keeps it open and shows why: a 400 on its fields, a 409 with
   * who changed the thing and 刷新, anything else as a sentence. A mutation started here carries
   * `meta: { errors: 'shown' }`, or the refusal would show twice.
   */
  onSubmit: (values: Values) => Promise<unknown>
  /**
   * Loads the thing again after a 409; the drawer closes and is opened again with the new values. Only for
   * editing: when creating, a 409 (a name already taken) is a sentence.
   */
  onRefresh?: () => unknown
  /** The verb on the button; 保存 unless given. */
  submitLabel?: string
  /** Said after saving; 已保存 unless given. */
  doneText?: string
  width?: number
  /** `<Form.Item name="…" label="…" rules={[zodRule(schema)]}>`s; a function gets the form. */
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode)
}

/** Keeps what was drawn while the drawer slides out: its owner has already let go of the thing by then. */
const Still = memo(
  ({ children }: { still: boolean; children: ReactNode }) => children,
  (_, next) => next.still,
)

/** Create or edit beside a list. Guards unsaved changes, and shows refusals where they belong. */
export function FormDrawer<Values extends object>(props: FormDrawerProps<Values>) {
  const { modal } = App.useApp()
  const t = useTexts(uiTexts)
  const [dirty, setDirty] = useState(false)
  const [busy, setBusy] = useState(false)

  const close = () => {
    setDirty(false)
    props.onClose()
  }
  const leave = () => {
    if (busy) return
    if (!dirty) return close()
    modal.confirm({
      title: t('discardTitle'),
      content: t('discardText'),
      okText: t('discard'),
      okButtonProps: { danger: true },
      cancelText: t('keepEditing'),
      onOk: close,
    })
  }
  return (
    <Drawer
      open={props.open}
      onClose={leave}
      title={<Still still={!props.open}>{props.title}</Still>}
      size={`min(${props.width ?? 520}px, 100vw)`}
      destroyOnHidden
      styles={{ footer: { padding: '12px 20px' } }}
      footer={
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button onClick={leave}>{t('cancel')}</Button>
          <Button type="primary" htmlType="submit" form={formId} loading={busy}>
            {props.submitLabel ?? t('save')}
          </Button>
        </div>
      }
    >
      <Still still={!props.open}>
        <DrawerForm {...props} close={close} busy={busy} setBusy={setBusy} setDirty={setDirty} />
      </Still>
    </Drawer>
  )
}

/** One drawer is open at a time, so one id is enough to tie the footer's button to the form. */
const formId = 'form-drawer'

type Refusal = { text: string; stale: boolean; requestId: string }

type DrawerFormProps<Values extends object> = FormDrawerProps<Values> & {
  close: () => void
  busy: boolean
  setBusy: (busy: boolean) => void
  setDirty: (dirty: boolean) => void
}

function DrawerForm<Values extends object>(props: DrawerFormProps<Values>) {
  const { onSubmit, onRefresh, close, busy, setBusy, setDirty, children } = props
  const { message } = App.useApp()
  const t = useTexts(uiTexts)
  const [form] = Form.useForm<Values>()
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const submit = async (values: Values) => {
    if (busy) return
    setBusy(true)
    setRefusal(null)
    try {
      await onSubmit(values)
      close()
      void message.success(props.doneText ?? t('saved'))
    } catch (error) {
      const { homeless, ...rest } = refusalOf(error, form)
      const issues = homeless.join(t('issueSeparator'))
      setRefusal(issues ? { ...rest, text: t('refusalWith', { text: rest.text, issues }) } : rest)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Values>
      name={formId}
      form={form}
      layout="vertical"
      requiredMark
      scrollToFirstError
      initialValues={props.initialValues}
      onValuesChange={() => setDirty(true)}
      onFinish={(values) => void submit(values)}
    >
      {refusal && (
        <Alert
          type={refusal.stale ? 'warning' : 'error'}
          showIcon
          style={{ marginBottom: 16 }}
          title={refusal.text}
          description={
            refusal.stale && onRefresh
              ? t('conflictHint')
              : refusal.requestId
                ? t('requestId', { id: refusal.requestId })
                : undefined
          }
          action={
            refusal.stale &&
            onRefresh && (
              <Button
                size="small"
                onClick={() => {
                  close()
                  void onRefresh()
                }}
              >
                {t('refresh')}
              </Button>
            )
          }
        />
      )}
      {typeof children === 'function' ? children(form) : children}
    </Form>
  )
}

/**
 * Puts a 400's issues onto their fields and returns what must be said above the form. Paths come as
 * `title` or `body.shots.0.text`.
 */
function refusalOf<Values extends object>(
  error: unknown,
  form: FormInstance<Values>,
): Refusal & { homeless: string[] } {
  if (!(error instanceof ApiError))
    return {
      text: error instanceof Error ? error.message : String(error),
      stale: false,
      requestId: '',
      homeless: [],
    }
  const { message, requestId, issues = [] } = error.body
  const homeless: string[] = []
  for (const issue of issues) {
    const path = issue.path
      .replace(/^\/?body[./]|^\//, '')
      .split(/[./]/)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    const field: unknown = form.getFieldInstance(path)
    if (field === undefined) homeless.push(issue.message)
    // A path from the wire cannot be known to the type of this form.
    else form.setFields([{ name: path as never, errors: [issue.message] }])
  }
  return {
    text: message,
    homeless,
    stale: error.status === 409,
    requestId: error.status >= 500 ? requestId : '',
  }
}

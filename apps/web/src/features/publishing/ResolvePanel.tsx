import { useMutation, useQueryClient } from '@tanstack/react-query'
import { platformLabels } from '@xingbo/shared/accounts/platform'
import { proofLinkVerdict } from '@xingbo/shared/publishing/proof.rules'
import type { PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import { no, yes } from '@xingbo/shared/verdict'
import { App, Input, Radio } from 'antd'
import { useId, useState } from 'react'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { useSay } from '../../lib/say.ts'
import { useConfirmTyped } from '../../ui/ConfirmTyped.tsx'
import { VerdictButton } from '../../ui/VerdictButton.tsx'
import { resolveMutation } from './publishing.queries.ts'
import { ResolveEvidence } from './ResolveEvidence.tsx'
import styles from './ResolvePanel.module.css'
import { resolveTexts } from './resolve.texts.ts'

const choices = ['bind', 'sendAgain', 'giveUp'] as const
type Choice = (typeof choices)[number]

/** The three choices for an outcome nobody knows, beside what is known. Each is written into the audit log. */
export function ResolvePanel({ publication }: { publication: PublicationDetail }) {
  const t = useTexts(resolveTexts)
  const may = useMay()
  const [choice, setChoice] = useState<Choice>('bind')
  const [link, setLink] = useState('')
  const mayResolve = may('POST /api/publications/:publicationId/resolve')
  const pick = (picked: string) => {
    setChoice('bind')
    setLink(picked)
  }
  return (
    <section className={styles.panel} aria-labelledby="resolve-title">
      <h2 id="resolve-title" className={styles.title}>
        {t('title')}
      </h2>
      <p className={styles.safe}>{t('safe')}</p>
      <div className={styles.halves}>
        <ResolveEvidence publication={publication} onPick={mayResolve ? pick : null} />
        <div>
          <h3 className={styles.heading}>{t('choices')}</h3>
          {mayResolve ? (
            <>
              <Radio.Group
                className={styles.choices}
                aria-label={t('choices')}
                value={choice}
                onChange={(event) => setChoice(event.target.value)}
                options={choices.map((one) => ({ value: one, label: t(one) }))}
              />
              {choice === 'bind' ? (
                <Bind publication={publication} link={link} onLink={setLink} />
              ) : (
                <Decide key={choice} choice={choice} publication={publication} />
              )}
            </>
          ) : (
            <p className="soft">{t('onlySchedulers')}</p>
          )}
        </div>
      </div>
    </section>
  )
}

function useResolve() {
  const t = useTexts(resolveTexts)
  const { message } = App.useApp()
  const resolve = useMutation(resolveMutation(useQueryClient()))
  return {
    busy: resolve.isPending,
    run: async (given: Parameters<typeof resolve.mutateAsync>[0]) => {
      await resolve.mutateAsync(given)
      void message.success(t('done'))
    },
  }
}

type BindProps = {
  publication: PublicationDetail
  link: string
  onLink: (link: string) => void
}

function Bind({ publication, link, onLink }: BindProps) {
  const t = useTexts(resolveTexts)
  const say = useSay()
  const platform = useLabel(platformLabels)
  const id = useId()
  const { busy, run } = useResolve()
  const verdict = proofLinkVerdict(publication.platform, link)
  const given = link.trim() !== ''
  return (
    <div className={styles.choice}>
      <p className="soft">{t('bindHint')}</p>
      <label htmlFor={id}>{t('link')}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={2000}
        value={link}
        status={given && !verdict.ok ? 'error' : ''}
        onChange={(event) => onLink(event.target.value)}
      />
      <p className={styles.verdict} data-ok={verdict.ok || undefined} aria-live="polite">
        {given &&
          (verdict.ok
            ? `${t('linkGood', { platform: platform(publication.platform) })} · ${verdict.url}`
            : say(verdict.reason))}
      </p>
      <VerdictButton
        type="primary"
        verdict={verdict.ok ? yes : verdict}
        loading={busy}
        onClick={() => void run({ publication, how: { choice: 'bind', link } }).catch(() => {})}
      >
        {t('bindDo')}
      </VerdictButton>
    </div>
  )
}

type DecideProps = { choice: 'sendAgain' | 'giveUp'; publication: PublicationDetail }

function Decide({ choice, publication }: DecideProps) {
  const t = useTexts(resolveTexts)
  const id = useId()
  const { modal } = App.useApp()
  const confirmTyped = useConfirmTyped()
  const { busy, run } = useResolve()
  const [reason, setReason] = useState('')
  const words = reason.trim()
  const account = publication.accountName
  const sendAgain = () =>
    confirmTyped({
      title: t('sendAgainTitle', { account }),
      loss: t('sendAgainLoss', { title: publication.contentTitle }),
      name: account,
      verb: t('sendAgainDo'),
      onConfirm: () => run({ publication, how: { choice: 'send_again', reason: words } }),
    })
  const giveUp = () =>
    modal.confirm({
      title: t('giveUpTitle', { account }),
      content: t('giveUpLoss'),
      okText: t('giveUpDo'),
      okButtonProps: { danger: true },
      cancelText: t('back'),
      onOk: () => run({ publication, how: { choice: 'give_up', reason: words } }).catch(() => {}),
    })
  return (
    <div className={styles.choice}>
      <p className="soft">{t(choice === 'sendAgain' ? 'sendAgainHint' : 'giveUpHint')}</p>
      <label htmlFor={id}>{t('reason')}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={200}
        placeholder={t(choice === 'sendAgain' ? 'reasonSendAgain' : 'reasonGiveUp')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <VerdictButton
        danger
        verdict={words.length < 2 ? no('publishing.reasonMissing') : yes}
        loading={busy}
        onClick={choice === 'sendAgain' ? sendAgain : giveUp}
      >
        {t(choice === 'sendAgain' ? 'sendAgainDo' : 'giveUpDo')}
      </VerdictButton>
    </div>
  )
}

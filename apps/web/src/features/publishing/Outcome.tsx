import LinkOutlined from '@ant-design/icons/LinkOutlined'
import QrcodeOutlined from '@ant-design/icons/QrcodeOutlined'
import { Link } from '@tanstack/react-router'
import type { getAssetFile } from '@xingbo/shared/media/asset.schema'
import { proofStandingLabels } from '@xingbo/shared/publishing/proof-standing'
import type { Proof, PublicationDetail } from '@xingbo/shared/publishing/publication.schema'
import { Button } from 'antd'
import { useState } from 'react'
import { useFormats } from '../../lib/formats.ts'
import { addressOf } from '../../lib/http.ts'
import { useLabel, useTexts } from '../../lib/i18n.ts'
import { useMay } from '../../lib/me.ts'
import { useSayReason } from '../../lib/say.ts'
import { PublicationTag, StatusTag } from '../../ui/StatusTag.tsx'
import { HandOffLinkDialog } from './HandOffLinkDialog.tsx'
import { handOffTexts } from './hand-off.texts.ts'
import { isHeldByAccount } from './held.ts'
import styles from './PublicationView.module.css'
import { publishingTexts } from './publishing.texts.ts'
import { useReason } from './use-reason.ts'

/** Where a post stands, why, what comes next, and where it can be seen. */
export function Outcome({ publication }: { publication: PublicationDetail }) {
  const t = useTexts(publishingTexts)
  const handOff = useTexts(handOffTexts)
  const formats = useFormats()
  const reason = useReason()
  const may = useMay()
  const [handing, setHanding] = useState(false)
  const { state, remoteUrl, remoteId, publishedAt, nextCheckAt, proofs } = publication
  const why = reason(publication.reason)
  const waitsForPhone = state === 'awaiting_person'
  return (
    <section className={styles.part} aria-label={t('state')}>
      <ul className={styles.facts}>
        <li>
          <PublicationTag state={state} />
        </li>
        {why && <li>{why}</li>}
        {isHeldByAccount(publication) && (
          <li>
            <Link to="/accounts/$accountId" params={{ accountId: publication.accountId }}>
              {t('toAccount')}
            </Link>
          </li>
        )}
        {publishedAt && <li>{t('publishedAt', { when: formats.dateTime(publishedAt) })}</li>}
        {remoteUrl && (
          <li>
            <a href={remoteUrl} target="_blank" rel="noreferrer">
              <LinkOutlined aria-hidden /> {t('seeOnPlatform')}
            </a>
          </li>
        )}
        {remoteId && <li className="soft">{t('remoteId', { id: remoteId })}</li>}
        {nextCheckAt && (
          <li className="soft">
            {t(waitsForPhone ? 'expiresAt' : 'nextCheck', { when: formats.dateTime(nextCheckAt) })}
          </li>
        )}
        {proofs.length > 0 && (
          <li>
            <h3>{t('proof')}</h3>
            {proofs.map((proof) => (
              <Shown key={proof.at} proof={proof} />
            ))}
          </li>
        )}
      </ul>
      {waitsForPhone && may('POST /api/publications/:publicationId/hand-off-links') && (
        <div className={styles.act}>
          <Button
            type="primary"
            block
            icon={<QrcodeOutlined aria-hidden />}
            onClick={() => setHanding(true)}
          >
            {handOff('toPhone')}
          </Button>
        </div>
      )}
      {waitsForPhone && may('GET /api/hand-offs/:publicationId') && (
        <div className={styles.act}>
          <Button block href={`/m/hand-off/${publication.id}`} target="_blank">
            {handOff('openCard')}
          </Button>
        </div>
      )}
      <HandOffLinkDialog
        post={
          handing ? { publicationId: publication.id, accountName: publication.accountName } : null
        }
        onClose={() => setHanding(false)}
      />
    </section>
  )
}

const standingTones = { unchecked: 'waiting', confirmed: 'done', doubtful: 'warning' } as const

function Shown({ proof }: { proof: Proof }) {
  const t = useTexts(publishingTexts)
  const formats = useFormats()
  const who = proof.givenBy ?? t('system')
  const words = {
    link: t('proofLink', { who }),
    screenshot: t('proofScreenshot', { who }),
    webhook: t('proofWebhook'),
  }[proof.kind]
  const standing = useLabel(proofStandingLabels)
  const say = useSayReason()
  const { assetId, doubts } = proof
  return (
    <p style={{ margin: 0 }}>
      {words} · <span className="soft">{formats.dateTime(proof.at)}</span>{' '}
      <StatusTag tone={standingTones[proof.standing]}>{standing(proof.standing)}</StatusTag>
      {assetId && (
        <>
          {' · '}
          <a
            href={addressOf<typeof getAssetFile>('GET /api/assets/:assetId/file', {
              params: { assetId },
              query: {},
            })}
            target="_blank"
            rel="noreferrer"
          >
            {t('openScreenshot')}
          </a>
        </>
      )}
      {doubts.map((doubt) => (
        <span key={doubt.key} style={{ display: 'block', color: 'var(--warning-text)' }}>
          {say(doubt)}
        </span>
      ))}
    </p>
  )
}

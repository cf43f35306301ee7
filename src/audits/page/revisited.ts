/** Risk assessments, threat picture and incidents of the year. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Audit, Revisited } from '../rules/audit.js'
import { marksOf } from '../rules/merge.js'
import { revisitedKinds, textsOfRevisited, type RevisitedKind } from '../rules/revisited.js'
import { auditUrl, said } from './words.js'

/** A breach of the year the audit does not tell of yet. */
export type Proposal = { reference: string; on: Day; what: { da: string; en: string }; url: string }

export function revisitedPage(
  audit: Audit,
  files: ReadonlyMap<string, StoredFile>,
  proposed: readonly Proposal[],
  { locale }: { locale: Locale },
) {
  const t = textIn(locale)
  const base = `${auditUrl(audit)}/risks`
  const told = new Set(audit.incidents.map(({ reference }) => reference))
  return {
    kinds: revisitedKinds.map((kind) => ({
      kind,
      title: t(`audits:revisited.${kind}.title`),
      lead: t(`audits:revisited.${kind}.lead`),
      empty: t(`audits:revisited.${kind}.empty`),
      add: { url: `${base}/${kind}/new`, text: t(`audits:revisited.${kind}.add`) },
      items: audit[kind].map((item) => ({
        id: item.id,
        what: said(item.what, locale),
        on: formatDay(item.on, locale),
        text: said(item.text, locale),
        reference: item.reference,
        url: `${base}/${kind}/${item.id}`,
        files: filesOf(audit, item, files),
      })),
    })),
    proposed: proposed
      .filter(({ reference }) => !told.has(reference))
      .map(({ reference, on, what, url }) => ({
        reference,
        on: formatShortDay(on, locale),
        text: said(what, locale),
        url,
        take: `${base}/incidents/new?about=${encodeURIComponent(reference)}`,
      })),
  }
}

export function revisitedEditPage(
  audit: Audit,
  kind: RevisitedKind,
  item: Revisited | null,
  around: {
    files: ReadonlyMap<string, StoredFile>
    proposal: Proposal | null
    today: Day
    locale: Locale
  },
) {
  const { files, proposal, today, locale } = around
  const t = textIn(locale)
  const base = `${auditUrl(audit)}/risks`
  const nothing = { da: '', en: '' }
  const stored = item ?? {
    what: proposal?.what ?? nothing,
    on: proposal?.on ?? '',
    text: nothing,
    reference: proposal?.reference ?? null,
  }
  return {
    kind,
    isNew: item === null,
    heading: t(`audits:revisited.${kind}.${item ? 'change' : 'add'}`),
    whatHint: t(`audits:revisited.${kind}.what-hint`),
    textHint: t(`audits:revisited.${kind}.text-hint`),
    action: `${base}/${kind}/${item?.id ?? 'new'}`,
    back: `${base}#${kind}`,
    stored,
    latest: today,
    marks: item ? marksOf(textsOfRevisited(item)) : '',
    files: item ? filesOf(audit, item, files) : [],
  }
}

function filesOf(audit: Audit, item: Revisited, files: ReadonlyMap<string, StoredFile>) {
  return item.files.flatMap((id) => {
    const file = files.get(id)
    return file ? [{ name: file.name, size: file.size, url: `${auditUrl(audit)}/files/${id}` }] : []
  })
}

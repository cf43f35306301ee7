/** Management's review, who has signed, and what may be done next: the page behind the tab "Review and signature". */
import type { Locale } from '../../base/context.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Audit } from '../rules/audit.js'
import { shortHash } from '../rules/canonical.js'
import type { Missing } from '../rules/missing.js'
import { signers, signsAs } from '../rules/sign.js'
import { auditUrl, missingUrl, said } from './words.js'

export type ReviewValues = {
  audit: Audit
  missing: readonly Missing[]
  /** Of our own people, by id; those still here may be made responsible. */
  people: readonly { _id: string; name: string; state: string }[]
  me: { _id: string; role: string }
  /** What a decision can be about: findings and exceptions. */
  abouts: readonly { value: string; text: string }[]
  /** The one this corrects, and the one that corrects it. */
  earlier: Pick<Audit, 'reference'> | null
  later: Pick<Audit, 'reference' | 'state'> | null
  /** How many have this edition, as words; null before it is sent. */
  sent: string | null
}

export function reviewPage(
  values: ReviewValues,
  { locale, zone, today }: { locale: Locale; zone: string; today: string },
) {
  const { audit, missing, people, me, abouts, earlier, later } = values
  const t = textIn(locale)
  const url = auditUrl(audit)
  const names = new Map(people.map(({ _id, name }) => [_id, name]))
  const { review, signatures, frozen, papers, signedCopy, state, replaces } = audit
  return {
    state,
    version: audit.version,
    url,
    stored: {
      on: review?.on ?? today,
      participants: review?.participants.join('\n') ?? '',
      review: review?.text ?? { da: '', en: '' },
    },
    review: review && {
      on: formatDay(review.on, locale),
      participants: review.participants.join(', '),
      text: said(review.text, locale),
    },
    decisions: (review?.decisions ?? []).map(({ id, text, responsible, dueOn, about }) => ({
      id,
      text: said(text, locale),
      responsible: names.get(responsible) ?? t('audits:former'),
      due: formatDay(dueOn, locale),
      about: about ?? '',
    })),
    people: people
      .filter((person) => person.state === 'active')
      .map(({ _id, name }) => ({ value: _id, text: name })),
    abouts,
    missing: missing.length,
    missingUrl: missing[0] ? missingUrl(audit, missing[0]) : null,
    hash: frozen?.hash ?? null,
    shortHash: frozen ? shortHash(frozen.hash) : null,
    frozenAt: frozen ? formatInstant(frozen.at, locale, zone) : null,
    signatures: signers.map((as) => {
      const signature = signatures.find((each) => each.as === as)
      return {
        who: t(`declaration:signatures.${as}`),
        name: signature?.name ?? (as === 'dpo' ? (names.get(audit.lead) ?? '') : ''),
        title: signature?.title ?? '',
        at: signature ? formatInstant(signature.at, locale, zone) : null,
        state: signature
          ? { tone: 'good', word: t('declaration:page.signed') }
          : { tone: 'wait', word: t('declaration:signatures.not-yet') },
      }
    }),
    mine: signsAs(audit, me),
    papers: papersOf(audit, locale),
    working: papers ? `${url}/papers/working-papers.xlsx` : null,
    copy: signedCopy && {
      on: formatDay(signedCopy.on, locale),
      how: signedCopy.how,
      url: `${url}/papers/signed-copy.pdf`,
    },
    replaces: replaces &&
      earlier && { ...earlier, url: `${auditUrl(earlier)}/review`, why: said(replaces.why, locale) },
    later: later && { ...later, url: `${auditUrl(later)}/review` },
    sent: values.sent,
  }
}

/** What can be opened of it now: drafts while it is open, what is signed once it is. */
function papersOf(audit: Audit, locale: Locale) {
  const t = textIn(locale)
  const url = `${auditUrl(audit)}/papers`
  const of = (name: string, key: string) => ({
    url: `${url}/${name}`,
    text: t(`declaration:page.paper.${key}`),
  })
  return [
    of('da.pdf', 'da-pdf'),
    of('en.pdf', 'en-pdf'),
    of('da.docx', 'da-docx'),
    of('en.docx', 'en-docx'),
    ...(audit.papers?.asSigned
      ? [of('as-signed-da.pdf', 'as-signed-da'), of('as-signed-en.pdf', 'as-signed-en')]
      : []),
  ]
}

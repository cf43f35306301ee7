/** The customer's own objection, and what happens with it; nothing of our deliberation. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatSize } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { StoredFile } from '../../files/actions.js'
import { isClosed, type Objection } from '../../objections/rules.js'

type Reader = { locale: Locale; today: Day; base: string }
type State = { tone: 'calm' | 'info' | 'good' | 'wait' | 'stop'; word: string }

export function objectionCard(objection: Objection, { locale, base }: Reader) {
  const t = textIn(locale)
  return {
    reference: objection.reference,
    notice: objection.noticeReference,
    url: `${base}/objections/${objection.reference}`,
    state: stateOf(objection, t),
    received: formatDay(objection.receivedOn, locale),
    open: !isClosed(objection),
  }
}

export function objectionPage(
  objection: Objection,
  files: ReadonlyMap<string, StoredFile>,
  reader: Reader & { instant: (at: Date) => string; mayEnd: boolean },
) {
  const { locale, instant } = reader
  const t = textIn(locale)
  const card = objectionCard(objection, reader)
  const facts = factsOf(objection, locale)
  const closed = isClosed(objection)
  return {
    ...card,
    title: t('customer-page:objection.title', facts),
    lead: objection.outcome
      ? t(`objections:customerOutcome.${objection.outcome}`, facts)
      : objection.remedy
        ? t('remedies:page.lead', facts)
        : t(`customer-page:objection.${objection.useHadBegun ? 'leadInUse' : 'lead'}`, facts),
    tone: card.state.tone,
    note: objection.outcomeNote,
    rows: [
      [
        t('customer-page:objection.notice'),
        objection.noticeReference,
        `${reader.base}/notices/${objection.noticeReference}`,
      ],
      [
        t('customer-page:objection.received'),
        objection.channel === 'page' ? instant(objection.receivedAt) : card.received,
      ],
      [t('customer-page:objection.by'), objection.raisedBy.name],
      [t('customer-page:objection.reasons'), objection.reasons ?? t('customer-page:objection.noReasons')],
    ],
    next: closed
      ? []
      : [
          ...(objection.timely ? [] : [t('customer-page:objection.late')]),
          t('customer-page:objection.next.answer', facts),
          t('customer-page:objection.next.blocked'),
          t('customer-page:objection.next.receipt'),
        ],
    files: objection.files.flatMap((id) => {
      const file = files.get(id)
      return file
        ? [{ url: `${card.url}/files/${id}`, text: `${file.name} (${formatSize(file.size, locale)})` }]
        : []
    }),
    messages: objection.messages
      .filter(({ direction }) => direction !== 'internal')
      .map(({ at, by, direction, text }) => ({
        when: instant(at),
        by: t(`customer-page:objection.message.${direction === 'to-customer' ? 'us' : 'you'}`, {
          name: by.name,
        }),
        ours: direction === 'to-customer',
        text,
      })),
    // A contact may take back what it raised, and say that a remedy meets it; others ask a colleague who may decide.
    mayEnd: !closed && reader.mayEnd,
    notYours: closed || reader.mayEnd ? '' : t('remedies:page.not-yours'),
    remedy:
      !closed && objection.remedy
        ? { text: objection.remedy.text, when: instant(objection.remedy.at) }
        : null,
    closed,
  }
}

function stateOf({ outcome, blocking }: Objection, t: Text): State {
  if (outcome === null) return { tone: 'wait', word: t('customer-page:objection.state.open') }
  return { tone: blocking ? 'wait' : 'calm', word: t(`customer-page:objection.state.${outcome}`) }
}

function factsOf(objection: Objection, locale: Locale): Record<string, string> {
  return {
    reference: objection.reference,
    notice: objection.noticeReference,
    customer: objection.customerName,
    answerBy: formatDay(objection.answerBy, locale),
    endsOn: objection.endsOn ? formatDay(objection.endsOn, locale) : '',
  }
}

/** What a contact confirms with a code: that it takes its objection back, or that what we did meets it. */
export function endingInWords(objection: Objection, kind: 'withdraw' | 'remedied', locale: Locale): string[] {
  const t = textIn(locale)
  const facts = factsOf(objection, locale)
  return kind === 'withdraw'
    ? [t('remedies:statement.withdraw', facts)]
    : [t('remedies:statement.remedied', facts), objection.remedy?.text ?? '']
}

/** What a customer sees of its own requests, and of what we have told it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  isOverdue,
  kindRules,
  kindsToAsk,
  mayWithdraw,
  sharesFiles,
  type CustomerRequest,
  type RequestKind,
} from '../rules.js'
import { answerShown, commonRows, filesShown, messageShown, type Files } from './shown.js'
import { customerStateOf } from './words.js'

type Reader = { locale: Locale; today: Day; base: string }

/** On the start page: what waits for the customer, what runs, and that something can be asked for. */
export function ownSection(requests: readonly CustomerRequest[], reader: Reader) {
  const shown = requests.filter(visible)
  const yours = shown.filter(({ waits }) => waits)
  const running = shown.filter(({ running: ours }) => ours)
  const answered = shown.filter((request) => !request.waits && !request.running)
  return {
    url: `${reader.base}/requests`,
    count: shown.length,
    waits: yours.length,
    rows: [...yours, ...running, ...answered.slice(0, 2)]
      .slice(0, 5)
      .map((request) => ownRequestRow(request, reader)),
  }
}

/** What we prepare to tell is ours alone until it is told; what was taken back before that was never told. */
export function visible({ begunBy, answer }: CustomerRequest): boolean {
  return begunBy === 'customer' || answer !== null
}

export function ownRequestRow(request: CustomerRequest, { locale, today, base }: Reader) {
  const t = textIn(locale)
  const ours = request.begunBy === 'us'
  const on = request.running ? request.dueOn : (request.answeredOn ?? request.endedOn ?? request.receivedOn)
  return {
    url: `${base}/requests/${request.reference}`,
    reference: request.reference,
    title: t(`requests:kind.${request.kind}.own`),
    state: customerStateOf(request, today, t),
    note: t(
      `requests:own.${request.running ? 'by' : ours ? 'told' : request.answeredOn === null ? 'ended' : 'answered'}`,
      { day: formatShortDay(on, locale) },
    ),
  }
}

/** What can be asked for, a card each. */
export function kindCards({ locale, base }: Reader, mayInstruct: boolean) {
  const t = textIn(locale)
  return kindsToAsk.map((kind) => ({
    url: `${base}/requests/new?kind=${kind}`,
    title: t(`requests:kind.${kind}.own`),
    text: t(`requests:kind.${kind}.ask`),
    clause: t('requests:clause', { clause: kindRules[kind].clause }),
    allowed: kindRules[kind].mayAsk === 'contact' || mayInstruct,
  }))
}

export function askPage(kind: RequestKind, dueOn: Day, reader: Reader) {
  const t = textIn(reader.locale)
  const rule = kindRules[kind]
  return {
    kind,
    rule,
    title: t(`requests:kind.${kind}.own`),
    lead: t(`requests:kind.${kind}.ask`),
    promise: t('requests:own.promise', { day: formatDay(dueOn, reader.locale) }),
    listUrl: `${reader.base}/requests`,
    url: `${reader.base}/requests/new?kind=${kind}`,
    today: reader.today,
  }
}

export function ownRequestPage(
  { request, files, about }: { request: CustomerRequest; files: Files; about: { vendorName: string }[] },
  reader: Reader & { zone: string; house: string; mayInstruct: boolean },
) {
  const { locale, today, base, zone, house } = reader
  const t = textIn(locale)
  const row = ownRequestRow(request, reader)
  const url = row.url
  const { confirming } = kindRules[request.kind]
  const facts = { house, day: formatDay(request.dueOn, locale) }
  const stage = request.waits ? `waits-${confirming}` : isOverdue(request, today) ? 'overdue' : request.state
  return {
    ...row,
    back: `${base}/requests`,
    lead: t(`requests:own-lead.${request.begunBy === 'us' && !request.waits ? 'told' : stage}`, facts),
    text: request.text,
    textTitle: t(request.begunBy === 'us' ? 'requests:own.we-said' : 'requests:own.you-asked'),
    rows: [
      [t('requests:field.reference'), request.reference],
      ...commonRows(request, about, locale),
      ...(request.askedBy === null ? [] : [[t('requests:field.askedBy'), request.askedBy.name]]),
    ],
    files: filesShown(request.files, files, url, locale),
    answer: answerShown(request, files, url, { locale, zone }),
    reason: request.state === 'declined' ? request.reason : null,
    messages: request.messages
      .filter(({ direction }) => direction !== 'internal')
      .map((message) => ({
        ...messageShown(sharesFiles(message) ? message : { ...message, files: [] }, {
          files,
          base: url,
          locale,
          zone,
        }),
        ours: message.direction === 'to-customer',
        by: message.direction === 'to-customer' ? house : message.by.name,
      })),
    confirming: request.waits ? confirming : 'none',
    mayConfirm: confirming !== 'order' || reader.mayInstruct,
    answerId: request.answer?.id ?? '',
    confirmed: request.confirmation && t('requests:own.confirmed', { name: request.confirmation.by.name }),
    instruction: request.state === 'confirmed' && confirming === 'order' ? request.instruction : null,
    mayWithdraw: request.begunBy === 'customer' && mayWithdraw(request),
    today,
  }
}

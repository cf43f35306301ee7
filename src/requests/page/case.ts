/** One request as staff reads and works on it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/rules.js'
import {
  isOverdue,
  kindRules,
  mayWithdraw,
  nextStep,
  type Contracted,
  type CustomerRequest,
  type RedactedChoice,
  type RequestStep,
  type SignedDeclaration,
} from '../rules.js'
import { answerShown, commonRows, filesShown, messageShown, type Files, type Row } from './shown.js'
import { anchors } from './tasks.js'
import { stateOf, urlOf, type State } from './words.js'

type Shown = {
  request: CustomerRequest
  about: readonly { engagement: { reference: string }; vendorName: string }[]
  files: Files
  mails: readonly MailRow[]
  owners: readonly { _id: string; name: string }[]
  owner: string
  copies: readonly RedactedChoice[]
  lacking: readonly Contracted[]
  uncontracted: readonly Contracted[]
  unreachable: boolean
  approvers: readonly string[]
}

type Reading = { today: Day; locale: Locale; zone: string }

/** What has another wording once its day is past. */
const late: ReadonlySet<string> = new Set<RequestStep>(['assess', 'answer', 'tell'])

export function requestCasePage(shown: Shown, declarations: readonly SignedDeclaration[], reading: Reading) {
  const { request, files, mails, owners, owner } = shown
  const { today, locale, zone } = reading
  const t = textIn(locale)
  const base = urlOf(request)
  const rule = kindRules[request.kind]
  const next = nextStep(request, today)
  const ours = request.begunBy === 'us'
  const overdue = isOverdue(request, today)
  const facts = { due: formatDay(request.dueOn, locale), customer: request.customerName }
  return {
    request,
    base,
    ours,
    title: t('requests:case.title', { reference: request.reference }),
    kind: t(`requests:kind.${request.kind}.name`),
    what: t(`requests:kind.${request.kind}.staff`),
    state: stateOf(request, today, t),
    next: next === null ? null : nextInWords(next, overdue, facts, locale),
    nextTone: overdue ? 'stop' : 'wait',
    nextAt: next && anchors[next],
    nextAction: next && anchors[next] ? t(`requests:task-action.${next}`) : '',
    facts: factRows(shown, locale, zone),
    files: [
      ...noted(filesShown(request.files, files, base, locale), t('requests:viewers.shown')),
      ...noted(filesShown(request.ownFiles ?? [], files, base, locale), t('requests:viewers.own')),
    ],
    answer: answerShown(request, files, base, { locale, zone }),
    confirmation: confirmationShown(request, files, base, reading),
    confirming: rule.confirming,
    answering: rule.answer,
    mayWithdraw: mayWithdraw(request),
    answerTitle: t(ours ? 'requests:answer.tell-title' : 'requests:answer.title'),
    answerHint: t(`requests:answering.${rule.answer}`),
    copies: copyChoices(shown, locale),
    lacking: shown.lacking.map(toContract),
    uncontracted: shown.uncontracted.map(toContract),
    declarations: declarations.map(({ id, name, year, version }) => ({
      value: id,
      text: t('requests:declaration.choice', { name, year, version }),
    })),
    dueBecause: t(`requests:due-from.${rule.dueFrom}`),
    messages: request.messages.map((message) => ({
      ...messageShown(message, { files, base, locale, zone }),
      title: t(`requests:message.${message.direction}`),
      tone: { 'to-customer': 'us', 'from-customer': 'customer', internal: 'internal' }[message.direction],
    })),
    mails: mails.map(({ subject, to, state, acceptedAt }) => ({
      subject,
      to: to.name ? `${to.name} <${to.address}>` : to.address,
      state: { tone: mailTones[state] ?? 'wait', word: t(`mail:state.${state}`) } as State,
      when: acceptedAt ? formatInstant(acceptedAt, locale, zone) : '',
    })),
    owners: owners.map(({ _id, name }) => ({ value: _id, text: name })),
    owner,
    unreachable: shown.unreachable,
    approvers: new Intl.ListFormat(locale).format(shown.approvers),
    stored: {
      owner: request.owner ?? '',
      dueOn: request.dueOn,
      assessment: request.assessment ?? '',
    },
    directions: (['to-customer', 'internal', 'from-customer'] as const).map((value) => ({
      value,
      text: t(`requests:direction.${value}`),
    })),
    today,
  }
}

function nextInWords(next: RequestStep, overdue: boolean, facts: Record<string, string>, locale: Locale) {
  const t = textIn(locale)
  return overdue && late.has(next)
    ? t(`requests:next-long.${next}-late`, facts)
    : t(`requests:next-long.${next}`, facts)
}

const toContract = ({ engagement, vendorName }: Contracted) => ({
  url: `/engagements/${engagement.reference}#contract`,
  text: vendorName,
})

const noted = (files: { url: string; text: string }[], note: string) =>
  files.map((file) => ({ ...file, note }))

/** Those the customer named stand chosen; without a name, none. */
function copyChoices({ copies, request }: Shown, locale: Locale) {
  const t = textIn(locale)
  return copies.map(({ value, vendorName, title, leftOut, engagement }) => ({
    value,
    text: t('requests:copy.about', { vendor: vendorName, version: title }),
    hint: t('requests:copy.left-out', { what: leftOut }),
    chosen: request.engagements.includes(engagement),
  }))
}

function factRows({ request, about, owner }: Shown, locale: Locale, zone: string): Row[] {
  const t = textIn(locale)
  const { askedBy, channel, receivedAt, instruction } = request
  return [
    [t('requests:field.customer'), request.customerName, `/customers/${request.customerReference}`],
    ...commonRows(request, [], locale),
    ...about.map(({ engagement, vendorName }): Row => [
      t('requests:field.engagement'),
      vendorName,
      `/engagements/${engagement.reference}`,
    ]),
    ...(askedBy === null
      ? []
      : ([
          [t('requests:field.askedBy'), askedBy.name],
          [t('requests:field.channel'), t(`requests:channel.${channel}`)],
          [t('requests:field.receivedAt'), formatInstant(receivedAt, locale, zone)],
        ] as Row[])),
    ...(instruction === null
      ? []
      : ([[t('requests:field.instruction'), instruction, `/instructions/${instruction}`]] as Row[])),
    [t('requests:field.owner'), owner],
  ]
}

function confirmationShown(
  { confirmation }: CustomerRequest,
  files: Files,
  base: string,
  { locale, zone }: Reading,
) {
  if (confirmation === null) return null
  const t = textIn(locale)
  const { by, at, code, file } = confirmation
  const name = by.title ? `${by.name}, ${by.title}` : by.name
  return {
    text: t('requests:confirmation.by', { name, when: formatInstant(at, locale, zone) }),
    how: t(`requests:confirmation.${code !== null ? 'code' : file !== null ? 'file' : 'page'}`),
    files: file === null ? [] : filesShown([file], files, base, locale),
  }
}

const mailTones: Record<string, string> = {
  accepted: 'good',
  kept: 'wait',
  bounced: 'stop',
  'given-up': 'stop',
  stopped: 'calm',
}

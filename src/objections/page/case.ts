/** One objection as staff reads and works it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay, formatSize, formatWeekday } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { linesOf } from '../../notices/mails/announcement.js'
import { linesInWords } from '../../notices/page/facts.js'
import type { Notice } from '../../notices/rules/notice.js'
import type { Recipient } from '../../notices/rules/recipient.js'
import type { StoredFile } from '../../files/actions.js'
import { isClosed, outcomes, outcomesOpenTo, staffChannels, type Objection, type Outcome } from '../rules.js'
import { storyOf } from './story.js'
import { stateOf, timelyState, urlOf, type Names, type Tone } from './words.js'

export type Case = {
  objection: Objection
  recipient: Recipient
  notice: Notice
  /** Of the objection and of its outcome, by id. */
  files: ReadonlyMap<string, StoredFile>
  names: Names
  /** Who may deal with it. */
  owners: { _id: string; name: string }[]
}

type Reader = { today: Day; locale: Locale; instant: (at: Date) => string }

export function casePage({ objection, recipient, notice, files, names, owners }: Case, reader: Reader) {
  const { locale, instant, today } = reader
  const t = textIn(locale)
  const day = (on: Day | null) => (on === null ? '' : formatDay(on, locale))
  const { confirmation } = objection
  const closed = isClosed(objection)
  const file = (id: string) => {
    const stored = files.get(id)
    return stored
      ? [
          {
            url: `${urlOf(objection)}/files/${id}`,
            text: `${stored.name} (${formatSize(stored.size, locale)})`,
          },
        ]
      : []
  }
  return {
    objection,
    title: t('objections:case.title', { reference: objection.reference }),
    from: t('objections:case.from', { customer: objection.customerName, notice: objection.noticeReference }),
    state: stateOf(objection, t),
    standing: standingOf(objection, locale),
    facts: [
      [
        t('objections:case.customer'),
        `${objection.customerName} (${objection.customerReference})`,
        `/customers/${objection.customerReference}`,
      ],
      ...(objection.caseNumber ? [[t('objections:case.caseNumber'), objection.caseNumber]] : []),
      [t('objections:case.notice'), objection.noticeReference, `/notices/${objection.noticeReference}`],
      [t('objections:case.change'), linesInWords(linesOf(notice.lines, recipient), t)],
      [
        t('objections:case.received'),
        objection.channel === 'page' ? instant(objection.receivedAt) : day(objection.receivedOn),
      ],
      [t('objections:case.channel'), t(`objections:channel.${objection.channel}`)],
      [t('objections:case.raisedBy'), objection.raisedBy.name],
      [t('objections:case.inTime'), timelyWords(objection, recipient.agreement.objectionUntil, t)],
      [
        t('objections:case.owner'),
        (objection.owner && names.get(objection.owner)) || t('objections:list.noOwner'),
      ],
      [t('objections:case.answerBy'), day(objection.answerBy)],
    ],
    result: objection.outcome && [
      [t('objections:case.outcome'), t(`objections:outcome.${objection.outcome}`)],
      [t('objections:case.outcomeOn'), day(objection.outcomeOn)],
      ...(objection.endsOn ? [[t('objections:case.endsOn'), day(objection.endsOn)]] : []),
      ...(objection.outcomeNote ? [[t('objections:case.note'), objection.outcomeNote]] : []),
      ...(confirmation
        ? [[t('objections:case.confirmation'), confirmationWords(objection, files, reader, t)]]
        : []),
    ],
    files: [...objection.files, ...objection.outcomeFiles].flatMap(file),
    story: storyOf(objection, names, locale).map((entry) => ({ ...entry, when: instant(entry.at) })),
    closed,
    unowned: objection.owner === null,
    assessed: objection.assessment !== null,
    owners: owners.map(({ _id, name }) => ({ value: _id, text: name })),
    outcomes: outcomeChoices(objection, locale),
    remedy: objection.remedy && { when: instant(objection.remedy.at), text: objection.remedy.text },
    mayPropose: !closed && objection.state !== 'received',
    earliestAnswer: today,
    stored: {
      owner: objection.owner ?? '',
      answerBy: objection.answerBy,
      assessment: objection.assessment ?? '',
      direction: 'to-customer',
    },
  }
}

/** What is asked when staff registers an objection that came some other way. */
export function registrationPage({ recipient, notice }: Pick<Case, 'recipient' | 'notice'>, locale: Locale) {
  const t = textIn(locale)
  const facts = { customer: recipient.customerName, notice: notice.reference }
  const { lastDay } = recipient
  return {
    recipient,
    title: t('objections:register.title'),
    lead: t('objections:register.lead', facts),
    about: t('objections:register.for', facts),
    change: linesInWords(linesOf(notice.lines, recipient), t),
    limit: [
      t(`objections:register.limit.${recipient.agreement.objectionUntil}`, facts),
      ...(lastDay ? [t('objections:register.limit.lastDay', { day: formatWeekday(lastDay, locale) })] : []),
    ].join(' '),
    channels: channelChoices(locale),
    contacts: recipient.contacts.map(({ name }) => name).join(', '),
  }
}

function timelyWords(objection: Objection, until: 'use' | 'period-end', t: Text): string {
  return objection.timely ? timelyState(objection, t).word : t(`objections:case.lateWhy.${until}`)
}

function confirmationWords(
  { confirmation, messages }: Objection,
  files: Case['files'],
  { instant }: Reader,
  t: Text,
): string {
  if (confirmation?.kind === 'file')
    return t('objections:case.confirmationFile', { name: files.get(confirmation.file)?.name ?? '' })
  if (confirmation?.kind === 'code')
    return t('remedies:confirmation', { name: confirmation.by.name, title: confirmation.by.title })
  const message = messages.find(({ id }) => confirmation?.kind === 'message' && id === confirmation.message)
  return message ? t('objections:case.confirmationMessage', { at: instant(message.at) }) : ''
}

/** What stands on top of a case, most urgent first. */
function standingOf(objection: Objection, locale: Locale): { tone: Tone; text: string; more?: string }[] {
  const t = textIn(locale)
  const facts = {
    customer: objection.customerName,
    day: objection.endsOn ? formatDay(objection.endsOn, locale) : '',
  }
  const open = !isClosed(objection)
  return [
    ...(open && objection.useHadBegun
      ? [
          {
            tone: 'stop' as const,
            text: t('objections:case.stopUse', facts),
            more: t('objections:case.stopUseWhat'),
          },
        ]
      : []),
    ...(open && objection.metPermission && !objection.useHadBegun
      ? [{ tone: 'wait' as const, text: t('objections:case.metPermission', facts) }]
      : []),
    ...(open && objection.together
      ? [{ tone: 'wait' as const, text: t('remedies:together'), more: t('remedies:together-more') }]
      : []),
    ...(open && !objection.timely
      ? [{ tone: 'info' as const, text: t('remedies:late'), more: t('remedies:late-more') }]
      : []),
    objection.blocking
      ? { tone: 'wait' as const, text: t(`objections:case.${open ? 'blocking' : 'blockingUntil'}`, facts) }
      : { tone: 'good' as const, text: t('objections:case.notBlocking') },
  ]
}

/** Outcomes as the settle form offers them, each with what it means and asks for. */
function outcomeChoices(
  objection: Objection,
  locale: Locale,
): { value: Outcome; text: string; hint: string }[] {
  const t = textIn(locale)
  const open = outcomesOpenTo(objection)
  return outcomes
    .filter((outcome) => open.includes(outcome))
    .map((value) => ({
      value,
      text: t(`objections:outcome.${value}`),
      hint: t(`objections:outcomeMeans.${value}`),
    }))
}

function channelChoices(locale: Locale): { value: string; text: string }[] {
  return staffChannels.map((value) => ({ value, text: textIn(locale)(`objections:channel.${value}`) }))
}

/** One upstream notice as staff reads and works it. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { StoredFile } from '../../files/actions.js'
import { formatDay, formatInstant, formatSize } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/actions.js'
import type { Notice } from '../../notices/rules.js'
import { noticeState } from '../../notices/page/words.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import {
  nextStep,
  objectionOutcomes,
  objectionWays,
  stageOf,
  verdicts,
  type NextStep,
  type UpstreamNotice,
} from '../rules.js'
import { kindsInWords, stageState, urlOf, type State } from './words.js'

export type OpenObjection = {
  reference: string
  customerName: string
  customerReference: string
  receivedOn: Day
}

export type Case = {
  notice: UpstreamNotice
  vendor: Vendor | null
  engagements: Engagement[]
  going: Engagement | null
  goingName: string
  notices: Notice[]
  told: boolean
  tellBy: Day | null
  /** Customers that object to what came of it. */
  objections: OpenObjection[]
  files: ReadonlyMap<string, StoredFile>
  mails: MailRow[]
}

export type Reader = { today: Day; locale: Locale; zone: string }

export function casePage(shown: Case, reader: Reader) {
  const { notice, vendor, engagements, notices, told, objections } = shown
  const { locale, zone } = reader
  const t = textIn(locale)
  const day = (on: Day | null) => (on === null ? '' : formatDay(on, locale))
  const stage = stageOf(notice, told)
  const next = nextStep(notice, { told, tellBy: shown.tellBy, customersObject: objections.length > 0 })
  return {
    notice,
    title: vendor
      ? t('upstream:case.title', { vendor: vendor.name })
      : t('upstream:case.title-unknown', { from: notice.from ?? notice.reference }),
    state: stageState(stage, t),
    stage,
    closed: notice.state === 'closed',
    confirmed: notice.state !== 'received',
    next: next && nextShown(next, notice, reader, t),
    facts: [
      [t('upstream:field.vendor'), vendor?.name ?? '', vendor ? `/vendors/${vendor.reference}` : undefined],
      ...engagements.map((engagement) => [
        t('upstream:field.engagement'),
        `${engagement.reference}: ${engagement.activity[locale] || engagement.activity.da}`,
        `/engagements/${engagement.reference}`,
      ]),
      [t('upstream:field.kinds'), kindsInWords(notice, t)],
      [t('upstream:field.what'), notice.what],
      ...(notice.further ? [[t('upstream:field.further'), notice.further]] : []),
      ...(shown.going
        ? [
            [
              t('upstream:field.going'),
              `${shown.goingName} (${shown.going.reference})`,
              `/engagements/${shown.going.reference}`,
            ],
          ]
        : []),
      [t('upstream:field.receivedOn'), day(notice.receivedOn)],
      [t('upstream:field.startsOn'), day(notice.startsOn)],
      [
        t('upstream:field.objectUntil'),
        notice.objectUntil && notice.limitFrom
          ? `${day(notice.objectUntil)} (${t(`upstream:limit.${notice.limitFrom}`)})`
          : '',
      ],
    ],
    origin: [
      [t('upstream:origin.source'), t(`upstream:source.${notice.source}`)],
      [t('upstream:origin.from'), notice.from ?? ''],
      [t('upstream:origin.subject'), notice.subject ?? ''],
      [t('upstream:origin.taken'), formatInstant(notice.receivedAt, locale, zone)],
      ...fileRow(shown, notice.file, t('upstream:origin.file'), locale),
    ],
    text: notice.text,
    assessment: notice.assessment && [
      [t('upstream:assess.verdict'), t(`upstream:verdict.${notice.assessment.verdict}`)],
      ...(notice.assessment.because ? [[t('upstream:assess.because'), notice.assessment.because]] : []),
      [t('upstream:assess.on'), day(notice.assessment.on)],
    ],
    closing: notice.closing && [
      [t('upstream:close.on'), day(notice.closing.on)],
      [t('upstream:close.note'), notice.closing.note],
    ],
    notices: notices.map((each) => ({
      url: `/notices/${each.reference}`,
      text: each.reference,
      state: noticeState(each, t),
      note: each.issuedOn
        ? t('upstream:case.issued', { day: day(each.issuedOn) })
        : t('upstream:case.start', { day: day(each.plannedStart) }),
    })),
    objections: objections.map((each) => ({
      url: `/objections/${each.reference}`,
      text: `${each.reference}: ${each.customerName}`,
      state: { tone: 'wait', word: t('upstream:case.open') },
      note: day(each.receivedOn),
    })),
    objection: objectionPage(shown, reader),
    verdicts: verdicts.map((value) => ({
      value,
      text: t(`upstream:verdict.${value}`),
      hint: t(`upstream:verdict-hint.${value}`),
    })),
    outcomes: objectionOutcomes.map((value) => ({
      value,
      text: t(`upstream:outcome.${value}`),
      hint: t(`upstream:outcome-hint.${value}`),
    })),
  }
}

/** Our own objection to the sub-processor: what went, how, and what came of it. */
function objectionPage(shown: Case, { locale, zone }: Reader) {
  const { notice, mails } = shown
  const { objection } = notice
  if (objection === null) return null
  const t = textIn(locale)
  const day = (on: Day | null) => (on === null ? '' : formatDay(on, locale))
  return {
    open: objection.outcome === null,
    state: {
      tone: objection.outcome === null ? 'info' : objection.outcome === 'refused' ? 'stop' : 'good',
      word: t(objection.outcome === null ? 'upstream:object.waits' : `upstream:outcome.${objection.outcome}`),
    } as State,
    text: objection.text,
    facts: [
      [t('upstream:object.to'), [objection.to.name, objection.to.address].filter(Boolean).join(', ')],
      [t('upstream:object.how'), t(`upstream:way.${objection.how}`)],
      [t('upstream:object.on'), day(objection.on)],
      ...fileRow(shown, objection.file, t('upstream:object.file'), locale),
      ...(objection.answer
        ? [
            [t('upstream:object.answer'), objection.answer.text],
            [t('upstream:object.answered-on'), day(objection.answer.on)],
            ...fileRow(shown, objection.answer.file, t('upstream:object.answer-file'), locale),
          ]
        : []),
      ...(objection.outcome
        ? [
            [t('upstream:object.outcome'), t(`upstream:outcome.${objection.outcome}`)],
            [t('upstream:object.outcome-on'), day(objection.outcomeOn)],
            ...(objection.outcomeNote ? [[t('upstream:object.note'), objection.outcomeNote]] : []),
          ]
        : []),
    ],
    mails: mails.map((mail) => ({
      to: mail.to.address,
      state: t(`upstream:mail.${mail.state}`),
      at: mail.acceptedAt ? formatInstant(mail.acceptedAt, locale, zone) : '',
      reply: mail.lastReply ?? '',
    })),
  }
}

function fileRow(
  { notice, files }: Pick<Case, 'notice' | 'files'>,
  id: string | null,
  label: string,
  locale: Locale,
): [string, string, string][] {
  const file = id === null ? undefined : files.get(id)
  return file
    ? [[label, `${file.name} (${formatSize(file.size, locale)})`, `${urlOf(notice)}/files/${file._id}`]]
    : []
}

function nextShown({ step, by }: NextStep, notice: UpstreamNotice, { today, locale }: Reader, t: Text) {
  return {
    step,
    text: t(`upstream:next.${step}`),
    by: by === null ? '' : t('upstream:next-by', { day: formatDay(by, locale) }),
    overdue: by !== null && by < today,
    url: step === 'confirm' ? `${urlOf(notice)}/edit` : `${urlOf(notice)}#${anchors[step]}`,
  }
}

const anchors: Record<NextStep['step'], string> = {
  confirm: 'facts',
  assess: 'assess',
  draft: 'draft',
  issue: 'draft',
  'decide-objection': 'object',
  'note-answer': 'answer',
  close: 'close',
}

export function objectionChoices(locale: Locale) {
  const t = textIn(locale)
  return {
    ways: objectionWays.map((value) => ({ value, text: t(`upstream:way.${value}`) })),
    locales: (['da', 'en'] as const).map((value) => ({ value, text: t(`upstream:language.${value}`) })),
  }
}

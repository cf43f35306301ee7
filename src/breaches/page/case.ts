import type { Locale } from '../../base/context.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { ShownBreach } from '../actions/show.js'
import {
  authorityUntil,
  isOurs,
  lastPhase,
  nextStep,
  notKnownYet,
  owesAuthority,
  servicesOf,
  toldStates,
  type AffectedCustomer,
  type Breach,
  type Standing,
} from '../rules.js'
import { partsOf } from './facts.js'
import { momentInWords, shortMoment, type Reading } from './moment.js'
import { endOf } from './tasks.js'
import {
  breachState,
  clockState,
  latestState,
  riskState,
  toldState,
  unusedWords,
  urlOf,
  whereOf,
} from './words.js'

type Names = ReadonlyMap<string, { da: string; en: string }>

/** Where each next step is done: a page below the breach, or a place on its own. */
const places = {
  assess: '/details',
  affected: '#customers-title',
  authority: '#authority',
  words: '/notice',
  send: '/notice',
  wait: '#customers-title',
  call: '/calls',
  answer: '#questions',
  risk: '/risk',
  close: '/close',
} as const

export function breachPage(shown: ShownBreach, now: Date, reading: Reading) {
  const { breach, standing, customers, services, files } = shown
  const { locale } = reading
  const t = textIn(locale)
  const next = nextStep(breach, standing, now)
  const url = urlOf(breach)
  const last = lastPhase(breach)
  return {
    breach,
    home: url,
    title: t('breaches:case.title', { where: whereOf(breach, t) }),
    state: breachState(breach, t),
    clock: clockOf(breach, standing, now, reading),
    next: next && { url: `${url}${places[next]}`, text: t(`breaches:next.${next}`) },
    facts: factsOf(breach, services, reading),
    parts: partsOf(last?.content ?? breach.content, locale),
    missing: notKnownYet(last?.content ?? breach.content).map((each) => t(`breaches:part.${each}`)),
    phases: breach.phases.map(({ number, at, by, finished }) => ({
      text: t('breaches:case.phase', { number, at: shortMoment(at, reading) }),
      by,
      finished,
    })),
    mayBeLeftOut: shown.leftOut,
    counts: countsOf(standing, shown.leftOut, t, locale),
    customers: customers.rows.map((row) => customerRow(row, url, now, reading)),
    told: toldStates.map((value) => ({ value, text: t(`breaches:told.${value}`) })),
    questions: shown.asking.flatMap((affected) =>
      affected.questions
        .filter(({ answer }) => answer === null)
        .map((question) => ({
          id: question.id,
          text: question.text,
          from: t('breaches:case.asked-by', {
            name: question.name,
            customer: affected.customerName,
            at: shortMoment(question.at, reading),
          }),
          url: `${url}/customers/${affected.customerReference}`,
          customer: affected.customerReference,
        })),
    ),
    notes: breach.notes.map((note) => ({
      from: t(`breaches:note.${note.from}`, { name: note.name, at: shortMoment(note.at, reading) }),
      text: note.text,
      files: note.files.flatMap((id) => {
        const file = files.get(id)
        return file ? [{ url: `${url}/files/${id}`, name: file.name }] : []
      }),
    })),
    authority: authorityOf(shown, now, reading),
    risk: breach.risk && {
      state: riskState(breach.risk.conclusion, t),
      because: breach.risk.because,
      at: shortMoment(breach.risk.at, reading),
    },
    closing: breach.closing && [
      ...(['facts', 'effects', 'remedy', 'lesson'] as const).map((key) => [
        t(`breaches:closing.${key}`),
        breach.closing?.[key] ?? '',
      ]),
      [t('breaches:closing.at'), shortMoment(breach.closedAt, reading)],
    ],
    noBreach: {
      may: breach.open,
      toTakeBack: standing.affected - standing.untold + standing.waiting,
    },
    mayConcludeNobody: breach.open && breach.nobody === null && standing.untold === standing.affected,
  }
}

function clockOf(breach: Breach, standing: Standing, now: Date, reading: Reading) {
  const end = endOf(breach, standing)
  if (!end) return null
  const t = textIn(reading.locale)
  return {
    state: clockState(now, end, reading),
    text: t(
      isOurs(breach)
        ? 'breaches:clock.authority'
        : standing.untold > 0
          ? 'breaches:clock.customers'
          : 'breaches:clock.unclear',
      {
        count: standing.untold,
        shown: formatNumber(standing.untold, reading.locale),
        until: momentInWords(end, reading),
      },
    ),
  }
}

function factsOf(breach: Breach, services: Names, reading: Reading): (string | undefined)[][] {
  const { locale } = reading
  const t = textIn(locale)
  const at = (instant: Date | null) => (instant ? momentInWords(instant, reading) : '')
  const days = [breach.from, breach.until].map((day) => (day ? formatDay(day, locale) : '…'))
  return [
    [t('breaches:fact.role'), t(`breaches:role.${breach.role}`)],
    ...(breach.vendorReference
      ? [[t('breaches:fact.vendor'), breach.vendorName ?? '', `/vendors/${breach.vendorReference}`]]
      : []),
    ...breach.engagements.map(({ reference, activity }) => [
      t('breaches:fact.engagement'),
      `${reference}: ${activity[locale] || activity.da}`,
      `/engagements/${reference}`,
    ]),
    [
      t('breaches:fact.services'),
      servicesOf(breach)
        .map((id) => services.get(id)?.[locale] ?? '')
        .filter(Boolean)
        .join(', '),
    ],
    [t('breaches:fact.when'), breach.from || breach.until ? days.join(' – ') : ''],
    ...(breach.vendor
      ? [
          [t('breaches:fact.vendorKnewAt'), at(breach.vendorKnewAt)],
          [t('breaches:fact.vendorToldAt'), at(breach.vendorToldAt)],
        ]
      : []),
    [t('breaches:fact.awareAt'), at(breach.awareAt)],
    [t('breaches:fact.reportedBy'), t(`breaches:reported-by.${breach.reportedBy}`)],
    ...(breach.vendorContact
      ? [
          [
            t('breaches:fact.vendorContact'),
            [breach.vendorContact.name, breach.vendorContact.phone, breach.vendorContact.email]
              .filter(Boolean)
              .join(', '),
          ],
        ]
      : []),
    ...(breach.nobody ? [[t('breaches:fact.nobody'), breach.nobody.because]] : []),
    ...(breach.noBreach ? [[t('breaches:fact.noBreach'), breach.noBreach.because]] : []),
  ]
}

function countsOf(standing: Standing, leftOut: number, t: Text, locale: Locale): [string, string][] {
  const { affected, untold, waiting, behind } = standing
  const rows: [string, number][] = [
    ['affected', affected],
    ['told', affected - untold],
    ['untold', untold],
    ['waiting', waiting],
    ['behind', behind],
    ['leftOut', leftOut],
  ]
  return rows.map(([key, count]) => [t(`breaches:count.${key}`), formatNumber(count, locale)])
}

function customerRow(row: AffectedCustomer, url: string, now: Date, reading: Reading) {
  const t = textIn(reading.locale)
  const waits = row.standing === 'affected' && row.told !== 'told' && row.until !== null
  return {
    url: `${url}/customers/${row.customerReference}`,
    name: row.customerName,
    reference: row.customerReference,
    hours: row.hours === null ? '–' : t('breaches:span.hours', { hours: row.hours }),
    until: shortMoment(row.until, reading),
    clock: waits && row.until ? clockState(now, row.until, reading) : null,
    told: toldState(row, t),
    latest: latestState(row, t),
    on: shortMoment(row.toldAt, reading),
    how: row.toldHow ? t(`breaches:how.${row.toldHow}`) : '',
    why: row.standing === 'left-out' ? (row.because ?? unusedWords(row, t, reading.locale)) : '',
  }
}

function authorityOf({ breach, files }: ShownBreach, now: Date, reading: Reading) {
  if (!isOurs(breach)) return null
  const t = textIn(reading.locale)
  const until = authorityUntil(breach)
  const { authority, authorityNot } = breach
  const file = authority?.file ? files.get(authority.file) : undefined
  return {
    owed: owesAuthority(breach),
    clock: owesAuthority(breach) ? clockState(now, until, reading) : null,
    rows: [
      [t('breaches:authority.until'), momentInWords(until, reading)],
      ...(authority
        ? [
            [t('breaches:authority.toldAt'), momentInWords(authority.toldAt, reading)],
            [t('breaches:authority.reference'), authority.reference],
            ...(file
              ? [[t('breaches:authority.file'), file.name, `${urlOf(breach)}/files/${file._id}`]]
              : []),
          ]
        : []),
      ...(authorityNot ? [[t('breaches:authority.not'), authorityNot]] : []),
    ],
  }
}

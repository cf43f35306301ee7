import type { Locale } from '../../base/context.js'
import { addMonths, type Day } from '../../base/day.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/actions.js'
import type { ShownDeparture } from '../actions/show.js'
import { isSettled, mayConfirm, openPoints, type Departure, type DepartureSettings } from '../rules.js'
import { pointRow } from './points.js'
import { nextStep } from './tasks.js'
import { aboutOf, servicesIn, stateOf, urlOf, type Tone } from './words.js'

const mailTones: Partial<Record<MailRow['state'], Tone>> = {
  accepted: 'good',
  bounced: 'stop',
  'given-up': 'stop',
  deferred: 'wait',
}

export function departurePage(
  { departure, files, mails, settings, resumed, unreachable }: ShownDeparture,
  { today, locale, zone }: { today: Day; locale: Locale; zone: string },
) {
  const t = textIn(locale)
  const base = urlOf(departure)
  const { running, points, customer } = departure
  const step = nextStep(departure, resumed, today)
  const reader = { today, locale, base, files }
  const choosing = step === 'tell' || step === 'choice'
  return {
    title: t('departures:case.title', { reference: departure.reference, about: aboutOf(departure) }),
    base,
    reference: departure.reference,
    state: stateOf(departure, today, t),
    next: step === null ? null : nextWords(departure, step, locale, t),
    facts: factsOf(departure, files, locale, t),
    running,
    hasCustomer: customer !== null,
    told: departure.toldOn !== null,
    points: points.map((point) => ({
      ...pointRow(point, reader),
      settled: isSettled(point),
      answered: point.state === 'answered',
      leftOut: point.state === 'left-out',
      mayAnswer: running && !isSettled(point),
      unreachable:
        point.vendor !== null && unreachable.has(point.vendor) && !isSettled(point)
          ? t('departures:case.unreachable')
          : '',
    })),
    progress: t('departures:progress', {
      done: points.filter((point) => isSettled(point) && point.state !== 'left-out').length,
      count: points.filter(({ state }) => state !== 'left-out').length,
    }),
    may: {
      tell: running && customer !== null,
      ask: running && !choosing && points.some(({ state, vendor }) => state === 'open' && vendor !== null),
      choose:
        running && customer !== null && points.every(({ askedOn, state }) => !askedOn && state !== 'done'),
      confirm: mayConfirm(departure),
      close: step === 'close',
      callOff: running && !points.some(({ state }) => state === 'done' || state === 'retained'),
    },
    retentions: retentionsOffered(departure, settings, locale),
    open: openPoints(points).length,
    confirmations: departure.confirmations.map(({ number, on, by, final, sha256, receipt }) => ({
      title: t(final ? 'departures:confirmation.final' : 'departures:confirmation.kept', {
        number,
        day: formatDay(on, locale),
        by,
      }),
      files: (['da', 'en'] as const).map((language) => ({
        url: `${base}/confirmations/${number}/${language}`,
        text: t(`departures:confirmation.${language}`),
        sha256: sha256[language],
      })),
      receipt: receipt
        ? t('departures:confirmation.receipt', {
            name: receipt.name,
            when: formatInstant(receipt.at, locale, zone),
          })
        : t('departures:confirmation.no-receipt'),
    })),
    mails: mails.map((mail) => ({
      subject: mail.subject,
      to: mail.to.address,
      when: formatInstant(mail.acceptedAt ?? mail.queuedAt, locale, zone),
      state: { tone: mailTones[mail.state] ?? 'calm', word: t(`mail:state.${mail.state}`) },
    })),
    stored: { dueOn: departure.dueOn, on: today, handling: departure.choice.handling },
    today,
  }
}

/** Known rules, with the longest each keeps them after this end. */
export function retentionsOffered(
  { endedOn }: Pick<Departure, 'endedOn'>,
  { retentions }: DepartureSettings,
  locale: Locale,
) {
  const t = textIn(locale)
  return retentions.map(({ id, rule, data, months }) => ({
    value: id,
    text: rule[locale] || rule.da,
    hint: t('departures:retention.hint', {
      data: data[locale] || data.da,
      until: formatDay(addMonths(endedOn, months), locale),
    }),
  }))
}

function nextWords(
  departure: Departure,
  step: NonNullable<ReturnType<typeof nextStep>>,
  locale: Locale,
  t: Text,
): string {
  return t(`departures:next.${step}`, {
    due: formatDay(departure.dueOn, locale),
    day: formatDay(departure.chooseBy ?? departure.endedOn, locale),
    until: formatDay(departure.followUpOn ?? departure.dueOn, locale),
  })
}

function factsOf(
  departure: Departure,
  files: ShownDeparture['files'],
  locale: Locale,
  t: Text,
): [string, string, string?][] {
  const { customerReference, customerName, engagementReference, vendorName, notice, choice } = departure
  const day = (on: Day | null) => (on === null ? '' : formatDay(on, locale))
  const chosenIn = files.get(choice.file ?? '')
  return [
    [t('departures:field.cause'), t(`departures:cause.${departure.cause}`)],
    ...(customerReference
      ? ([[t('departures:field.customer'), customerName ?? '', `/customers/${customerReference}`]] as [
          string,
          string,
          string,
        ][])
      : []),
    ...(engagementReference
      ? ([[t('departures:field.engagement'), vendorName ?? '', `/engagements/${engagementReference}`]] as [
          string,
          string,
          string,
        ][])
      : []),
    ...(notice
      ? ([[t('departures:field.notice'), notice.reference, `/notices/${notice.reference}`]] as [
          string,
          string,
          string,
        ][])
      : []),
    [t('departures:field.services'), servicesIn(departure, locale)],
    [t('departures:field.endedOn'), day(departure.endedOn)],
    [
      t('departures:field.openedOn'),
      `${day(departure.openedOn)}, ${t(`departures:opened-by.${departure.openedBy}`)}`,
    ],
    ...(departure.customer === null
      ? []
      : ([
          [t('departures:field.toldOn'), day(departure.toldOn)],
          [
            t('departures:field.choice'),
            t(`departures:chosen-by.${choice.by}`, {
              handling: t(`departures:handling.${choice.handling}`),
              name: choice.name ?? '',
              day: formatDay(choice.on, locale),
            }),
          ],
          ...(chosenIn
            ? [[t('departures:choice.file'), chosenIn.name, `${urlOf(departure)}/files/${chosenIn._id}`]]
            : []),
          [t('departures:field.chooseBy'), day(departure.chooseBy)],
        ] as [string, string][])),
    ...(departure.confirmedOn
      ? ([[t('departures:field.confirmedOn'), day(departure.confirmedOn)]] as [string, string][])
      : []),
    ...(departure.calledOff
      ? ([
          [
            t('departures:field.calledOff'),
            `${day(departure.calledOff.on)}: ${
              departure.calledOff.because === 'register'
                ? t('departures:called-off-by-register')
                : departure.calledOff.because
            }`,
          ],
        ] as [string, string][])
      : []),
  ]
}

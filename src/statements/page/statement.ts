/** One statement as staff reads and works it. */
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { addressInWords } from '../../register/page.js'
import {
  deadFrom,
  deadReason,
  isAccepted,
  lanesOf,
  missedSurveillance,
  needsFollowUp,
  reliedOnUntil,
  unanswered,
} from '../rules.js'
import {
  checklistRows,
  exceptionState,
  factRows,
  linkedRows,
  originRows,
  requestRows,
  type Reader,
  type Shown,
} from './parts.js'
import { timelinePage } from './timeline.js'
import { dayIn, nameOf, stateOf, verdictState, type State } from './words.js'

export function statementPage(shown: Shown, reader: Reader) {
  const { statement, vendor, others, terms } = shown
  const { today, locale, zone } = reader
  const { facts, state, conclusion, request } = statement
  const t = textIn(locale)
  const day = dayIn(locale)
  const dead = facts && deadReason(facts, today)
  return {
    statement,
    vendor,
    title: t('statements:page.title', { what: nameOf(statement, t), vendor: vendor.name }),
    state: stateOf(statement, today, t),
    is: {
      requested: state === 'requested',
      received: state === 'received',
      read: state === 'read',
      concluded: state === 'concluded',
      withdrawn: state === 'withdrawn',
      replaced: statement.replacedBy !== null,
    },
    origin: originRows(shown, reader),
    facts: facts && factRows(facts, shown, reader),
    sites: (facts?.sites ?? []).map(({ address, country, carvedOut }) => ({
      address: addressInWords(address, country, locale),
      state: {
        tone: carvedOut ? 'stop' : 'good',
        word: t(carvedOut ? 'statements:site.carved-out' : 'statements:site.covered'),
      } satisfies State,
    })),
    warnings: [
      ...(dead ? [t(`statements:dead.${dead}`, { day: day(deadFrom[dead]) })] : []),
      ...(facts ? missedSurveillance(facts, today) : []).map((on) =>
        t('statements:page.surveillance-missed', { day: day(on) }),
      ),
    ],
    request: request && requestRows(shown, reader),
    requestStopped: request?.stopped
      ? t('statements:request.stopped', {
          at: formatInstant(request.stopped.at, locale, zone),
          because: request.stopped.because,
        })
      : '',
    checklist: facts && checklistRows(statement, facts, locale),
    open: facts ? unanswered(statement.checklist, facts.kind).length : 0,
    needsFollowUp: facts !== null && needsFollowUp({ ...statement, facts }),
    exceptions: statement.exceptions.map((each) => ({
      ...each,
      state: exceptionState(each.relevance, each.state, locale),
    })),
    subservices: statement.subservices.map((each) => {
      const supplier = shown.suppliers.find(({ _id }) => _id === each.vendor)
      return {
        ...each,
        method: t(`statements:method.${each.method}`),
        supplier: supplier && { text: supplier.name, url: `/vendors/${supplier.reference}` },
        unfollowed: each.method === 'carve-out' && !supplier && each.note === '',
      }
    }),
    cuecs: statement.cuecs.map((each) => ({
      ...each,
      owner: shown.staff.find(({ id }) => id === each.owner)?.name ?? '',
      state: {
        tone: each.state === 'open' ? 'wait' : each.state === 'in-place' ? 'good' : 'calm',
        word: t(`statements:cuec.${each.state}`),
      } satisfies State,
      on: day(each.on),
    })),
    conclusion: conclusion && {
      state: verdictState(conclusion.verdict, t),
      rows: [
        [t('statements:conclude.on'), day(conclusion.on)],
        ...(conclusion.because ? [[t('statements:conclude.because'), conclusion.because]] : []),
        [t('statements:conclude.next'), day(conclusion.nextOn)],
      ],
      by: conclusion.by,
    },
    linked: linkedRows(shown, reader),
    timeline: timelinePage(facts === null ? [] : lanesOf(others, today, terms), today, locale),
    relied:
      facts && isAccepted(statement) && !dead
        ? t('statements:page.relied', { day: day(reliedOnUntil(facts, terms)) })
        : '',
  }
}

import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { statementByReference } from '../records.js'
import { readAs, type Cuec, type Exception, type Statement, type Subservice } from '../rules.js'
import type { FactsInput } from '../form.js'
import { moveTo, refuseUnseen, statementOf } from './move.js'
import { settingsNow } from './settings.js'

/**
 * What a person says the paper says. What was judged before of an exception, a supplier or a control stays with it, where it is
 * still in the paper. Throws `Refused`: 'statement-not-open', 'statement-bridges-unknown', 'changed-meanwhile'.
 */
export async function saveFacts(
  context: Context,
  reference: string,
  { facts, exceptions, subservices, cuecs }: FactsInput,
  { origins, seen }: { origins: Record<string, 'read' | 'typed'>; seen: number },
): Promise<Statement> {
  const statement = await statementOf(reference)
  refuseUnseen(statement, seen)
  const { terms } = await settingsNow()
  const bridges = facts.bridges === null ? null : await bridged(statement, facts.bridges)
  const change = readAs(statement, { ...facts, bridges }, origins, terms)
  const again = statement.facts !== null
  const moved = await moveTo(
    context,
    statement,
    {
      ...change,
      exceptions: exceptions
        .map((each) => ({ ...judgedBefore(statement.exceptions, each.id), ...each }))
        .map(withId),
      subservices: subservices
        .map((each) => ({ ...followedBefore(statement.subservices, each.id), ...each }))
        .map(withId),
      cuecs: cuecs.map((each) => ({ ...assignedBefore(statement.cuecs, each.id), ...each })).map(withId),
    },
    {
      event: again ? 'statement.corrected' : 'statement.read',
      facts: {
        before: openFacts(statement),
        after: openFacts({ facts, exceptions, subservices, cuecs }),
        read: Object.keys(origins).filter((field) => origins[field] === 'read'),
      },
      personal: {
        before: said(statement.facts),
        after: said(facts),
      },
    },
  )
  return moved
}

async function bridged(statement: Statement, reference: string): Promise<string> {
  const found = await statementByReference(reference)
  if (!found || found.vendor !== statement.vendor || !found.facts?.period || found._id === statement._id)
    throw new Refused('statement-bridges-unknown', { reference })
  return found._id
}

function judgedBefore(known: readonly Exception[], id: string) {
  const found = known.find((each) => each.id === id)
  const {
    relevance = null,
    why = '',
    followUp = '',
    state = 'open',
    severity = 'medium',
    finding = null,
  } = found ?? {}
  return { relevance, why, followUp, state, severity, finding } satisfies Partial<Exception>
}

function followedBefore(known: readonly Subservice[], id: string) {
  const { vendor = null, note = '' } = known.find((each) => each.id === id) ?? {}
  return { vendor, note }
}

function assignedBefore(known: readonly Cuec[], id: string) {
  const { owner = null, state = 'open', note = '', on = null } = known.find((each) => each.id === id) ?? {}
  return { owner, state, note, on } satisfies Partial<Cuec>
}

function withId<Row extends { id: string }>(row: Row): Row {
  return row.id === '' ? { ...row, id: newId() } : row
}

type Read = { facts: Statement['facts'] } & Record<'exceptions' | 'subservices' | 'cuecs', readonly unknown[]>

/** Kinds, days and counts; what is written in words may name people. */
function openFacts({ facts, exceptions, subservices, cuecs }: Read) {
  if (facts === null) return {}
  const { kind, type, level, edition, period, asOf, issuedOn, opinion, restricted, language, sites } = facts
  return {
    kind,
    type,
    level,
    edition,
    period,
    asOf,
    issuedOn,
    opinion,
    restricted,
    language,
    expiresOn: facts.certificate?.expiresOn ?? null,
    sites: sites.length,
    exceptions: exceptions.length,
    subservices: subservices.length,
    cuecs: cuecs.length,
  }
}

function said(facts: Statement['facts']) {
  if (facts === null) return {}
  const { entity, issuer, signer, services, qualification, sites } = facts
  return { entity, issuer, signer, services, qualification, sites: sites.map(({ address }) => address) }
}

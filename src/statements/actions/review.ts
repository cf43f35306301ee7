import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { vendorsByIds } from '../../register/actions.js'
import type { FollowUpInput, ReviewInput } from '../form.js'
import { reviewed, type Cuec, type Statement } from '../rules.js'
import { moveTo, refuseUnseen, statementOf } from './move.js'

/** The checklist and what was judged, done or half done. */
export async function saveReview(
  context: Context,
  reference: string,
  { checklist, exceptions, subservices, cuecs, seen }: ReviewInput,
): Promise<Statement> {
  const statement = await statementOf(reference)
  refuseUnseen(statement, seen)
  await refuseUnknownVendors(subservices.flatMap(({ vendor }) => vendor ?? []))
  const after = {
    checklist,
    exceptions: merged(statement.exceptions, exceptions),
    subservices: merged(statement.subservices, subservices),
    cuecs: onDays(statement.cuecs, merged(statement.cuecs, cuecs), context.today),
  }
  return moveTo(context, statement, reviewed(statement, after), {
    event: 'statement.reviewed',
    facts: { before: answers(statement), after: answers({ ...statement, ...after }) },
    personal: {
      before: notes(statement),
      after: notes({ ...statement, ...after }),
    },
  })
}

/** What has become since of exceptions and of the controls that are ours. */
export async function followUp(
  context: Context,
  reference: string,
  { exceptions, cuecs, seen }: FollowUpInput,
): Promise<Statement> {
  const statement = await statementOf(reference)
  refuseUnseen(statement, seen)
  if (statement.state !== 'concluded') throw new Refused('statement-not-concluded')
  const after = {
    exceptions: merged(statement.exceptions, exceptions),
    cuecs: onDays(statement.cuecs, merged(statement.cuecs, cuecs), context.today),
  }
  return moveTo(context, statement, after, {
    event: 'statement.followed-up',
    facts: { before: answers(statement), after: answers({ ...statement, ...after }) },
    personal: { before: notes(statement), after: notes({ ...statement, ...after }) },
  })
}

async function refuseUnknownVendors(ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if ((await vendorsByIds(wanted)).length < wanted.length) throw new Refused('statement-supplier-unknown')
}

/** What was sent of each row, on top of what is stored; rows nobody knows are left out. */
function merged<Row extends { id: string }>(
  stored: readonly Row[],
  sent: readonly (Partial<Row> & { id: string })[],
) {
  const byId = new Map(sent.map((each) => [each.id, each]))
  return stored.map((row): Row => ({ ...row, ...byId.get(row.id) }))
}

/** The day a control was put in place, or found not to concern us. */
function onDays(before: readonly Cuec[], after: readonly Cuec[], today: string): Cuec[] {
  const was = new Map(before.map(({ id, state }) => [id, state]))
  return after.map((cuec) =>
    cuec.state === was.get(cuec.id) ? cuec : { ...cuec, on: cuec.state === 'open' ? null : today },
  )
}

type Judged = Pick<Statement, 'checklist' | 'exceptions' | 'subservices' | 'cuecs'>

function answers({ checklist, exceptions, subservices, cuecs }: Judged) {
  return {
    checklist: Object.fromEntries(Object.entries(checklist).map(([point, { answer }]) => [point, answer])),
    exceptions: exceptions.map(({ relevance, state }) => relevance && `${relevance}/${state}`),
    suppliers: subservices.map(({ vendor }) => vendor),
    controls: cuecs.map(({ state, owner }) => `${state}/${owner ?? ''}`),
  }
}

function notes({ checklist, exceptions, subservices, cuecs }: Judged) {
  return {
    checklist: Object.fromEntries(Object.entries(checklist).map(([point, { note }]) => [point, note])),
    exceptions: exceptions.map(({ why, followUp: what }) => [why, what].filter(Boolean).join(' / ')),
    suppliers: subservices.map(({ note }) => note),
    controls: cuecs.map(({ note }) => note),
  }
}

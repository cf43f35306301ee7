import type { Context } from '../../base/context.js'
import { anotherWasQuicker } from '../../base/errors.js'
import { openFinding } from '../../findings/actions.js'
import { textIn } from '../../i18n/texts.js'
import { kindInWords } from '../page.js'
import { statementById, statementsIn } from '../records.js'
import {
  concluded,
  needsFinding,
  owesFindings,
  reopened,
  sortOf,
  type Exception,
  type Statement,
  type Verdict,
} from '../rules.js'
import { moveTo, refuseUnseen, statementOf } from './move.js'
import { settingsNow } from './settings.js'

/**
 * Accepted, accepted with follow-up, or rejected. A relevant exception becomes a finding; an earlier version that this one corrects
 * is replaced. Each step after the conclusion can be repeated, and `finishConclusions` does what a crash left.
 */
export async function concludeStatement(
  context: Context,
  reference: string,
  { verdict, because, seen }: { verdict: Verdict; because: string; seen: number },
): Promise<Statement> {
  const statement = await statementOf(reference)
  refuseUnseen(statement, seen)
  const { terms } = await settingsNow()
  const change = concluded(
    statement,
    { verdict, because },
    { today: context.today, by: context.actor, terms },
  )
  const moved = await moveTo(context, statement, change, {
    event: 'statement.concluded',
    facts: { verdict, nextOn: change.conclusion?.nextOn ?? null, ...countedOf(statement) },
    personal: { because },
  })
  return finishConclusion(context, moved)
}

async function finishConclusion(context: Context, statement: Statement): Promise<Statement> {
  if (statement.replaces !== null && statement.conclusion && statement.conclusion.verdict !== 'rejected') {
    const earlier = await statementById(statement.replaces)
    if (earlier && earlier.replacedBy === null)
      await moveTo(
        context,
        earlier,
        { replacedBy: statement._id },
        { event: 'statement.replaced', facts: { by: statement.reference } },
      )
  }
  return owesFindings(statement) ? openFindings(context, statement) : statement
}

/** Conclusions that a crash left before their findings were open. */
export async function finishConclusions(context: Context): Promise<{ finished: number }> {
  const left = await statementsIn('todo:findings', 100)
  for (const statement of left)
    await finishConclusion(context, statement).catch((error: unknown) => {
      if (!anotherWasQuicker(error)) throw error
    })
  return { finished: left.length }
}

export async function reopenStatement(
  context: Context,
  reference: string,
  because: string,
): Promise<Statement> {
  const statement = await statementOf(reference)
  return moveTo(context, statement, reopened(statement), {
    event: 'statement.reopened',
    facts: { verdict: statement.conclusion?.verdict ?? null },
    personal: { because },
  })
}

/**
 * What a year's figures are counted from, so that they can be counted again from the log: also which places it shows to be kept as C.2
 * asks. The addresses of data centres are nobody's own.
 */
function countedOf(statement: Statement): Record<string, unknown> {
  const { reference, vendor, facts, exceptions, subservices, checklist } = statement
  return {
    reference,
    vendor,
    sort: facts && sortOf(facts),
    period: facts?.period ?? null,
    asOf: facts?.asOf ?? null,
    expiresOn: facts?.certificate?.expiresOn ?? null,
    issuedOn: facts?.issuedOn ?? null,
    bridges: facts?.bridges ?? null,
    opinion: facts?.opinion ?? null,
    exceptions: exceptions.length,
    edition: facts?.edition ?? null,
    sites: facts?.sites ?? [],
    entity: checklist.entity?.answer ?? null,
    carvedOut: subservices.flatMap(({ method, vendor: of }) => (method === 'carve-out' && of ? [of] : [])),
  }
}

async function openFindings(context: Context, statement: Statement): Promise<Statement> {
  const exceptions: Exception[] = []
  for (const each of statement.exceptions) {
    if (!needsFinding(each)) {
      exceptions.push(each)
      continue
    }
    const { reference } = await openFinding(context, {
      source: { kind: 'statement', id: statement._id, item: each.id },
      vendor: statement.vendor,
      text: findingText(statement, each),
      severity: each.severity,
      sample: statement.sample,
    })
    exceptions.push({ ...each, finding: reference })
  }
  return moveTo(
    context,
    statement,
    { exceptions },
    {
      event: 'statement.findings-opened',
      facts: { findings: exceptions.flatMap(({ finding }) => finding ?? []) },
    },
  )
}

function findingText({ reference, facts }: Statement, { control, text, followUp: what }: Exception) {
  const words = (locale: 'da' | 'en') => {
    const t = textIn(locale)
    const kind = facts === null ? '' : kindInWords(facts, t)
    return [
      t('statements:finding.exception', { kind, reference, control: control || '–', text }),
      t('statements:finding.follow-up', { what }),
    ].join(' ')
  }
  return { da: words('da'), en: words('en') }
}

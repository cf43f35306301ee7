import type { Statement } from '../../statements/rules.js'
import type { ReadControl } from '../../statements/rules/proposals.js'
import type { Covered } from './taking-over.js'

type Relied = Pick<Statement, '_id' | 'reference' | 'facts' | 'reading' | 'exceptions' | 'conclusion'>

/**
 * Controls of a Danish ISAE 3000 statement on data protection whose tests showed no exception, with the page. Only a type 2
 * says that they worked; a qualified opinion answers nothing, and neither does a control the reviewer noted an exception to.
 */
export function controlsCovered({
  _id,
  reference,
  facts,
  reading,
  exceptions,
  conclusion,
}: Relied): Covered[] {
  if (conclusion === null || conclusion.verdict === 'rejected' || facts === null) return []
  if (facts.kind !== 'isae-3000' || facts.type !== 2 || facts.opinion !== 'unqualified') return []
  const noted = new Set(exceptions.map(({ control }) => control.replace(/\s/g, '').toUpperCase()))
  const period = facts.period ? `, ${facts.period.from} – ${facts.period.to}` : ''
  return controlsRead(reading)
    .filter(({ control, result }) => result === 'no-exceptions' && !noted.has(control))
    .map(({ control, page }) => ({
      statement: _id,
      title: `ISAE 3000 (${reference}${period})`,
      control,
      page,
    }))
}

/** Kept as it was read; older ones may lack what is asked for here. */
function controlsRead(reading: unknown): ReadControl[] {
  const { outcome, proposals } = (reading ?? {}) as { outcome?: unknown; proposals?: { controls?: unknown } }
  return outcome === 'read' && Array.isArray(proposals?.controls) ? (proposals.controls as ReadControl[]) : []
}

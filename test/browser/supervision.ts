import type { Context } from '../../src/base/context.js'
import { confirmScore, noteAct, supervisionToShow } from '../../src/supervision/actions.js'

/** An engagement of the town with points confirmed, weaker than the guidance, and an inspection with its paper. */
export async function supervisionInTown(officer: Context): Promise<{ reference: string; file: string }> {
  const reference = 'E-0001'
  const { supervision } = await supervisionToShow(officer, reference, Number(officer.today.slice(0, 4)))
  const scored = await confirmScore(officer, reference, {
    answers: { subjects: 'over-10000', special: true, other: true, processing: false },
    reasons: { subjects: 'Alle kunder.', special: 'Journaler.', other: 'CPR-numre.' },
    concept: 3,
    weakerBecause: 'Leverandøren har ingen erklæring; vi besøger den i stedet.',
    seen: supervision?.version ?? 0,
  })
  const noted = await noteAct(
    officer,
    reference,
    { kind: 'inspection', on: officer.today, note: 'Besøg på stedet.', seen: scored.version },
    { name: 'besoeg.txt', bytes: Buffer.from('Besøg den 23. november.') },
  )
  return { reference, file: noted.acts[0]?.file ?? '' }
}

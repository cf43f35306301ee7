/** A contract on the vendor's own terms, with everything its pages can show: papers, a reading with gaps, copies asked for. */
import { everyCustomer } from '../../src/customers/actions.js'
import {
  addContract,
  addRedactedCopy,
  checkContract,
  everyEngagement,
  registerCopy,
} from '../../src/register/actions.js'
import { contractCopies, engagementById } from '../../src/register/records.js'
import { checkPoints, contractsOf, type Engagement } from '../../src/register/rules.js'
import type { Tilsyn } from '../support/app.js'

const bytes = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n')

/** Where it stands, as addresses name it; its engagement has a data centre, the place of that number. */
export async function contractInTown(
  tilsyn: Tilsyn,
): Promise<{ reference: string; contract: string; copy: string; file: string; place: string }> {
  const context = tilsyn.context()
  const engagements = await everyEngagement()
  const found = engagements.find(({ places }) => places.some(({ kind }) => kind === 'data-centre'))
  if (!found) throw new Error('the sample has no data centre any more')
  const now = async (): Promise<Engagement> => (await engagementById(found._id)) ?? found
  const contract = await addContract(
    context,
    await now(),
    { template: 'theirs', dpaVersion: 'DPA 3.1', signedOn: '2025-03-01', note: 'Negotiated by purchasing.' },
    { name: 'dpa-3.1.pdf', bytes },
  )
  await addRedactedCopy(
    context,
    { ...(await now()), contract },
    { madeOn: '2025-03-10', madeBy: 'Berit Åkjær', leftOut: 'Prices in schedule 2' },
    { name: 'dpa-3.1-for-customers.pdf', bytes },
  )
  for (const result of ['not-met', 'partly'] as const)
    await checkContract(
      context,
      { ...(await now()), contract },
      {
        on: '2025-03-12',
        by: 'Berit Åkjær',
        answers: checkPoints.map((point) =>
          point === 'h'
            ? { point, result, clause: '9', note: 'No audits by customers’ own auditors' }
            : { point, result: 'met', clause: '4' },
        ),
        theirs: { breachHours: 12, notice: { length: 6, unit: 'months' } },
      },
    )
  const [first, second] = await everyCustomer()
  const engagement = await now()
  const file = engagement.contract?.file ?? ''
  const sent = { sentOn: '2025-04-02', sentBy: 'Berit Åkjær', file }
  const asked = { askedOn: '2025-04-01', askedBy: 'Karin Lund' }
  if (first) await registerCopy(context, engagement, contract, first, { asked, sent })
  if (second) await registerCopy(context, engagement, contract, second, { asked, sent: null })
  const copies = await contractCopies(engagement._id, contract)
  return {
    reference: found.reference,
    contract,
    copy: copies.find(({ sentOn }) => sentOn === null)?._id ?? '',
    file: contractsOf(engagement).find(({ id }) => id === contract)?.redacted[0]?.file ?? '',
    place: String(found.places.findIndex(({ kind }) => kind === 'data-centre') + 1),
  }
}

/** Two statements of an invented data centre, with two months between their periods that neither of them covers. */
import type { Context } from '../base/context.js'
import { addDays, type Day } from '../base/day.js'
import { buildPdf } from '../documents/pdf.js'
import type { Vendor } from '../register/rules.js'
import { concludeStatement, receiveStatement, saveFacts, saveReview } from '../statements/actions.js'
import { pointsFor, type Checklist, type StatementFacts } from '../statements/rules.js'

export async function loadStatements(context: Context, vendor: Vendor): Promise<void> {
  const year = Number(context.today.slice(0, 4))
  await loadStatement(
    context,
    vendor,
    { from: `${year - 2}-01-01`, to: `${year - 2}-10-31` },
    `${year - 1}-01-20`,
  )
  // In January it may not have come yet: then it came with the new year.
  const came = `${year}-01-02`
  await loadStatement(context, vendor, { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }, came)
}

async function loadStatement(
  context: Context,
  vendor: Vendor,
  period: { from: Day; to: Day },
  on: Day,
): Promise<void> {
  const file = {
    name: `eksempel-isae-3402-${period.to.slice(0, 4)}.pdf`,
    bytes: await paperOf(context, vendor, period),
  }
  const received = await receiveStatement(context, {
    vendor,
    file,
    from: { kind: 'vendor', name: vendor.contacts[0]?.name ?? vendor.name },
    note: '',
    on,
    asked: null,
    replaces: null,
  })
  const { reference } = received
  const facts = factsOf(vendor, period)
  const read = await saveFacts(
    context,
    reference,
    { facts, exceptions: [], subservices: [], cuecs: [] },
    { origins: {}, seen: received.version },
  )
  const checklist = Object.fromEntries(
    pointsFor(facts.kind).map((point) => [point, { answer: 'yes', note: '' }]),
  ) as Checklist
  const reviewed = await saveReview(context, reference, {
    checklist,
    exceptions: [],
    subservices: [],
    cuecs: [],
    seen: read.version,
  })
  await concludeStatement(context, reference, {
    verdict: 'accepted',
    because: 'Eksempel: læst og fundet i orden.',
    seen: reviewed.version,
  })
}

function factsOf(vendor: Vendor, period: { from: Day; to: Day }): StatementFacts {
  return {
    kind: 'isae-3402',
    type: 2,
    level: null,
    edition: '',
    audience: null,
    entity: vendor.name,
    services: 'Langtidsarkiv (eksempel)',
    sites: [{ address: vendor.address, country: vendor.country ?? 'DK', carvedOut: false }],
    criteria: '',
    issuer: 'Eksempel Revision (opdigtet)',
    signer: '',
    licence: '',
    period,
    asOf: null,
    issuedOn: addDays(period.to, 20),
    opinion: 'unqualified',
    qualification: '',
    emphasis: '',
    certificate: null,
    bridges: null,
    restricted: false,
    language: 'da',
  }
}

function paperOf(context: Context, vendor: Vendor, { from, to }: { from: Day; to: Day }): Promise<Buffer> {
  return buildPdf({
    title: 'ISAE 3402 type 2 (eksempel)',
    kicker: 'Opdigtet erklæring',
    locale: 'da',
    createdAt: context.now,
    blocks: [
      {
        kind: 'paragraph',
        text: `Eksempel: uafhængig revisors ISAE 3402-erklæring, type 2, om ${vendor.name} i perioden ${from} til ${to}.`,
      },
      { kind: 'paragraph', text: 'Papiret er opdigtet og viser kun, hvordan en erklæring læses ind.' },
    ],
    pageLabel: (page, pages) => `Side ${page} af ${pages}`,
  })
}

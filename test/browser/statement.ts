import { danish } from '../../bench/statements/danish.js'
import { linksFor } from '../../src/auth/links.js'
import type { Context } from '../../src/base/context.js'
import { engagementByReference, vendorsByIds } from '../../src/register/actions.js'
import {
  concludeStatement,
  receiveStatement,
  requestStatement,
  saveFacts,
  saveReview,
  statementByReference,
} from '../../src/statements/actions.js'
import { allYes, plainFacts, year } from '../statements/builders.js'

/** A year reported on and concluded with an exception, the year before last (so that there is a gap), one unread, one asked for. */
export async function statementInTown(officer: Context) {
  const engagement = await engagementByReference('E-0001')
  const [vendor] = engagement ? await vendorsByIds([engagement.vendor]) : []
  if (!vendor) throw new Error('no vendor in the town')
  const [paper, other, light] = await Promise.all(danish.slice(0, 3).map(({ pdf }) => pdf()))
  const received = (bytes: Buffer | undefined, name: string) =>
    receiveStatement(officer, {
      vendor,
      file: { name, bytes: bytes ?? Buffer.alloc(0) },
      from: { kind: 'staff', name: 'Mette Sørensen' },
      note: '',
      on: officer.today,
      asked: null,
      replaces: null,
    })
  const concluded = await received(paper, 'isae-3402.pdf')
  await read(officer, concluded.reference, 2025)
  const seen = (await statementByReference(concluded.reference))?.version ?? 0
  await concludeStatement(officer, concluded.reference, {
    verdict: 'accepted-with-follow-up',
    because: 'Afvigelsen følges op.',
    seen,
  })
  const reviewed = await received(other, 'isae-3402-2023.pdf')
  await read(officer, reviewed.reference, 2023)
  const unread = await received(light, 'isae-3000.pdf')
  const asked = await requestStatement(officer, vendor, {
    what: 'ISAE 3402 type 2 for 2026',
    name: 'Mette Sørensen',
    email: 'mette@underdatabehandler.example',
    locale: 'da',
    dueOn: '2027-03-01',
    once: 'town',
  })
  const [link] = await linksFor('statement-request', asked._id)
  return {
    concluded: { reference: concluded.reference, file: concluded.file ?? '' },
    reviewed: reviewed.reference,
    unread: unread.reference,
    asked: asked.reference,
    link: link?._id ?? '',
  }
}

async function read(officer: Context, reference: string, of: number): Promise<void> {
  const version = async () => (await statementByReference(reference))?.version ?? 0
  await saveFacts(
    officer,
    reference,
    {
      facts: { ...plainFacts, period: year(of), issuedOn: `${of + 1}-02-02` },
      exceptions: [{ id: '', control: 'B.4', text: 'To fratrådte havde adgang.', response: 'Rettet.' }],
      subservices: [{ id: '', name: 'Skandia Datacenter A/S', does: 'Colocation', method: 'carve-out' }],
      cuecs: [{ id: '', text: 'Kunden giver besked om fratrådte.' }],
    },
    { origins: {}, seen: await version() },
  )
  const kept = await statementByReference(reference)
  const id = (rows: readonly { id: string }[] | undefined) => rows?.[0]?.id ?? ''
  await saveReview(officer, reference, {
    checklist: allYes,
    exceptions: [
      {
        id: id(kept?.exceptions),
        relevance: 'relevant',
        why: 'Vores adgange.',
        followUp: 'Liste.',
        severity: 'high',
      },
    ],
    subservices: [{ id: id(kept?.subservices), vendor: null, note: 'Egen erklæring hentet.' }],
    cuecs: [{ id: id(kept?.cuecs), owner: officer.actor.id, state: 'open', note: '' }],
    seen: await version(),
  })
}

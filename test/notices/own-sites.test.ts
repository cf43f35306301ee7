import { expect } from 'chai'
import { confirmUse, noticeByReference, recipientById, registerApproval } from '../../src/notices/actions.js'
import { followUpMails } from '../../src/notices/timers.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { createSite, listOn } from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aWorld, customersOf, officer, senderTo, why } from './world.js'

describe('a new place of our own (C.5)', () => {
  const tilsyn = useApp()
  const mailbox = useMailbox()

  it('is drafted from its page, approved by each customer that buys what runs there, and taken into use', async () => {
    const world = await aWorld(tilsyn)
    const [buyer, other] = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', emails: ['dpo@bakkeby.example'] },
      { name: 'Telefon ApS', services: [world.telephony._id], emails: ['dpo@telefon.example'] },
    ])
    const site = await createSite(tilsyn.context(officer), {
      name: 'Hørskætten',
      kind: 'colocation',
      address: 'Hørskætten 3, 2630 Taastrup',
      country: 'DK',
      operator: null,
      services: [world.hosting._id],
      from: '2027-03-01',
    })
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const page = await visit(agent, `/sites/${site.reference}`)
    expect(page.links).to.include(`/notices/new?kind=new-place&amp;engagement=${site.reference}`)
    const form = await visit(agent, `/notices/new?kind=new-place&engagement=${site.reference}`)
    expect(form.text).to.include('Hørskætten 3, 2630 Taastrup').and.include('30 dage')
    const fields = {
      'lines[0][kind]': 'new-place',
      'lines[0][engagement]': site.reference,
      plannedStart: '2027-03-01',
      goLive: 'staged',
      'why[da]': why.da,
      'why[en]': why.en,
      'safeguards[da]': 'Aflåst skab.',
      'safeguards[en]': 'Locked rack.',
    }
    const saved = await submit(agent, '/notices/new', fields)
    expect(saved.status).to.equal(303)
    const reference = String(saved.headers['location']).split('/')[2] ?? ''
    const preview = await visit(agent, `/notices/${reference}/preview`)
    expect(preview.text).to.include('Nej. Varslet kan sendes.')
    const draft = await noticeByReference(reference)
    await visit(agent, `/notices/${reference}/edit`)
    const again = await submit(agent, `/notices/${reference}/edit`, { ...fields, version: draft.version })
    expect(again.status, 'edited and still about the same place').to.equal(303)
    const { version, lines } = await noticeByReference(reference)
    expect(lines).to.have.length(1)
    expect(lines[0]).to.include({ id: draft.lines[0]?.id, site: site.reference })
    await submit(agent, `/notices/${reference}/issue`, { version })
    await senderTo(tilsyn, mailbox.url).sendDue()
    await followUpMails(tilsyn.context(officer))

    const mail = mailbox.mailsFor('dpo@bakkeby.example').at(-1)
    expect(mail?.subject).to.include('Vi beder om jeres godkendelse af et nyt sted')
    expect(mail?.text).to.include('Behandlingssteder: Hørskætten 3, 2630 Taastrup, Danmark')
    expect(mailbox.mailsFor('dpo@telefon.example').at(-1)?.subject).to.include('Orientering om')

    const notice = await noticeByReference(reference)
    const id = `${notice._id}/${buyer?._id}`
    tilsyn.moveTo('2027-03-01')
    await permitDueChanges(tilsyn.context(officer))
    expect(await recipientById(id), 'silence is a no').to.include({ state: 'running' })
    const on = '2027-03-01'
    const approval = {
      answer: 'approved' as const,
      on,
      at: new Date('2027-03-01T08:00:00Z'),
      lines: [],
      channel: 'letter' as const,
      by: { name: 'Mette Krogh', title: 'Direktør' },
      waivesRest: false,
    }
    await registerApproval(tilsyn.context(officer), id, approval, {
      name: 'a.txt',
      bytes: Buffer.from('Ja.'),
    })
    await permitDueChanges(tilsyn.context(officer))
    expect(await confirmUse(tilsyn.context(officer), reference, notice.lines[0]?.id ?? '', on)).to.equal(1)
    expect(await recipientById(id)).to.include({ state: 'in-use' })
    // It is no sub-processor: no list has it, and nothing of the register was approved or taken into use.
    for (const customer of [buyer, other])
      expect((await listOn(customer?._id ?? '', on)).map((row) => row.reference)).to.deep.equal([
        world.old.reference,
      ])
    const { agent: later } = await signedIn(tilsyn, 'dpo', 'da')
    await visit(later, `/notices/${reference}`)
    await visit(later, '/notices')
  })

  it('is not given notice of once we process there already', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const site = await createSite(tilsyn.context(officer), {
      kind: 'office',
      address: 'Havnegade 12, 5000 Odense C',
      country: 'DK',
      operator: null,
      services: [],
      from: '2020-01-01',
    })
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const answer = await submit(agent, '/notices/new', {
      'lines[0][kind]': 'new-place',
      'lines[0][engagement]': site.reference,
      plannedStart: '2027-03-01',
      goLive: 'staged',
      'why[da]': why.da,
      'why[en]': why.en,
    })
    expect(answer.status).to.equal(422)
  })
})

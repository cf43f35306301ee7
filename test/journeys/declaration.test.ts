import { expect } from 'chai'
import { signedDeclarations } from '../../src/audits/actions/declarations.js'
import { moveTest } from '../../src/audits/actions/move.js'
import { auditOf, testOf } from '../../src/audits/actions/read.js'
import { copiesOfCustomer } from '../../src/audits/records/copies.js'
import { findingsOf } from '../../src/findings/actions.js'
import { readFileBytes, storeFile } from '../../src/files/actions.js'
import { testedAudit, reviewForm } from '../audits/ready.js'
import { aWorld, customersOf } from '../notices/world.js'
import { password, signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { withPhone } from '../support/second-factor.js'
import { visit } from '../support/visit.js'
import { useJourney } from './house.js'

/** What a form's page says is wrong, where it was not taken. */
const problemsIn = (page: string) =>
  /class="problems[\s\S]*?<\/(?:ul|div|section)>/.exec(page)?.[0] ?? page.slice(0, 900)

describe('the year’s declaration (DPA C.7), from management’s review to the customer’s receipt', () => {
  const journey = useJourney()

  it('is reviewed, signed by two people, sent, received, corrected, and told to whoever had it', async function () {
    this.timeout(300_000)
    const world = await aWorld(journey)
    const [bakkeby, hill, later] = await customersOf(journey, world, [
      { name: 'Bakkeby Kommune', caseNumber: '26/77', emails: ['dpo@bakkeby.example'] },
      { name: 'Hill Ltd', locale: 'en', emails: ['privacy@hill.example'] },
      { name: 'Senere A/S', emails: ['it@senere.example'] },
    ])
    const dpo = await signedIn(journey, 'dpo', 'da')
    const boss = await signedIn(journey, 'management', 'en')
    const { reference } = await testedAudit(journey, dpo.person)
    const url = `/audits/${reference}`

    const audit = await auditOf(reference)
    const evidence = await storeFile(journey.context(), {
      name: 'adgange.pdf',
      bytes: Buffer.from('%PDF-1.7\nwho may come in\n%%EOF\n'),
      about: { kind: 'audit-test', id: `${audit._id}/B.6` },
    })
    await moveTest(
      journey.context(),
      await testOf(audit, 'B.6'),
      { files: [evidence._id] },
      { event: 'audit-test.changed', facts: { audit: reference, control: 'B.6' } },
    )

    // Management's review comes first: without it nothing is frozen.
    const page = await visit(dpo.agent, `${url}/review`)
    expect(page.text).to.include('mangler én ting')
    const seen = (text: string) => /name="seen" value="(\d+)"/.exec(text)?.[1]
    const reviewed = await submit(dpo.agent, `${url}/review`, {
      ...reviewForm,
      seen: seen(await html(dpo.agent, `${url}/review`)),
    })
    expect(reviewed.status, problemsIn(reviewed.text)).to.equal(303)
    const once = /name="once" value="(\w+)"/
    const decided = await submit(
      dpo.agent,
      `${url}/review`,
      {
        once: once.exec(await html(dpo.agent, `${url}/review`))?.[1],
        'decision[da]': 'Rettigheder gennemgås hvert kvartal.',
        'decision[en]': 'Rights are reviewed every quarter.',
        responsible: dpo.person._id,
        dueOn: '2027-01-31',
      },
      `${url}/decisions`,
    )
    expect(decided.status, problemsIn(decided.text)).to.equal(303)

    // It stands still from here.
    const version = seen(await html(dpo.agent, `${url}/review`))
    const frozen = await submit(dpo.agent, `${url}/review`, { seen: version }, `${url}/freeze`)
    expect(frozen.status, problemsIn(frozen.text)).to.equal(303)
    const hash = (await auditOf(reference)).frozen?.hash ?? ''
    expect(hash).to.match(/^[0-9a-f]{64}$/)

    // Both see all of it and sign what they saw.
    const signing = { title: 'Databeskyttelsesrådgiver', password, hash, seen: 'yes' }
    expect((await visit(dpo.agent, `${url}/sign`)).text).to.include('Intern erklæring')
    const wrong = await submit(dpo.agent, `${url}/sign`, { ...signing, password: 'no' }, `${url}/sign/dpo`)
    expect(wrong.status).to.equal(422)
    const first = await submit(dpo.agent, `${url}/sign`, signing, `${url}/sign/dpo`)
    expect(first.status, problemsIn(first.text)).to.equal(303)
    expect((await auditOf(reference)).state).to.equal('to-sign')
    const paper = await visit(boss.agent, `${url}/sign`)
    expect(paper.text).to.include('Internal declaration, not independent assurance').and.include(hash)
    // Who has two-step sign-in gives a code with it, and one that is not right signs nothing.
    const phone = await withPhone(journey, boss.person)
    const signAsBoss = (code: string) =>
      submit(boss.agent, `${url}/sign`, { ...signing, title: 'CEO', code }, `${url}/sign/management`)
    expect((await signAsBoss('000000')).status).to.equal(422)
    expect((await auditOf(reference)).state).to.equal('to-sign')
    const second = await signAsBoss(phone.code())
    expect(second.status, problemsIn(second.text)).to.equal(303)
    const signed = await auditOf(reference)
    expect(signed.state).to.equal('signed')
    expect(signed.signatures.map(({ as, withCode }) => [as, withCode])).to.deep.equal([
      ['dpo', false],
      ['management', true],
    ])
    expect((await visit(boss.agent, `${url}/sign`)).text).to.match(
      /CEO 23 Nov 2026, \d\d:\d\d \(two-step sign-in\)/,
    )
    const [declaration] = await signedDeclarations()
    expect(declaration).to.deep.include({
      reference,
      edition: 1,
      state: 'signed',
      hash,
      signedOn: '2026-11-23',
    })
    expect((await readFileBytes(declaration?.files.da ?? '')).subarray(0, 5).toString()).to.equal('%PDF-')

    // What was decided is somebody's to do.
    const found = await findingsOf({ kind: 'audit', id: signed._id })
    expect(found.map(({ owner, dueOn }) => [owner, dueOn])).to.deep.equal([
      [{ kind: 'person', id: dpo.person._id }, '2027-01-31'],
    ])

    // Sent to two; each in its language, with a link and without the paper.
    expect((await visit(dpo.agent, '/')).text).to.include(`${reference} er underskrevet, men ikke sendt`)
    const numbers = [bakkeby, hill].map((customer) => customer?.reference).join(', ')
    const from = `${url}/sending/preview?to=chosen&ids=${encodeURIComponent(numbers)}`
    const preview = await visit(dpo.agent, from)
    expect(preview.text).to.include('2 kunder får den')
    const asked = {
      to: 'chosen',
      ids: numbers,
      once: once.exec(await html(dpo.agent, from))?.[1],
    }
    expect((await submit(dpo.agent, from, asked, `${url}/sending`)).status).to.equal(303)
    expect((await submit(dpo.agent, from, asked, `${url}/sending`)).status).to.equal(303)
    await journey.work()
    await journey.work()
    expect(journey.mailbox.mailsFor('dpo@bakkeby.example').map(({ subject }) => subject)).to.deep.equal([
      'Jeres sag 26/77: Årlig intern GDPR-revision 2026: erklæring fra Nordvang Drift A/S [AU-2026]',
    ])
    const [english] = journey.mailbox.mailsFor('privacy@hill.example')
    expect(english?.text).to.include('not independent assurance')
    expect(english?.attachments).to.deep.equal([])
    expect(journey.mailbox.mailsFor('it@senere.example')).to.deep.equal([])

    // The customer takes it, and confirms.
    const customer = await journey.open('dpo@bakkeby.example')
    expect(customer.landed).to.match(/\/declarations$/)
    const own = await visit(customer.agent, customer.landed)
    expect(own.text).to.include('Erklæring for 2026')
    expect((await customer.agent.get(`${customer.landed}/${reference}/da`)).status).to.equal(200)
    expect(
      (await submit(customer.agent, customer.landed, {}, `${customer.landed}/${reference}/receipt`)).status,
    ).to.equal(303)
    expect((await visit(customer.agent, customer.landed)).text).to.include('Modtagelse bekræftet')
    const list = (await visit(dpo.agent, `${url}/sending`)).text
    expect(list).to.include('Har bekræftet').and.include('Kontakt').and.not.include('Senere A/S')

    // A third finds it on its page without having been sent it.
    const elsewhere = `/c/nobody/declarations/${reference}/da`
    expect((await customer.agent.get(elsewhere)).status).to.not.equal(200)

    // A copy signed with MitID is handed out beside it.
    const filed = await submitFiles(
      dpo.agent,
      `${url}/review`,
      { on: '2026-11-23', how: 'MitID Erhverv' },
      [{ field: 'file', name: 'signeret.pdf', bytes: Buffer.from('%PDF-1.7\nsigned\n%%EOF\n') }],
      `${url}/signed-copy`,
    )
    expect(filed.status).to.equal(303)
    expect(await html(customer.agent, customer.landed)).to.include(`/${reference}/copy`)

    // A mistake: the next edition holds everything, and whoever had the first is told when both have signed it.
    const corrected = await submit(
      dpo.agent,
      `${url}/review`,
      { 'why[da]': 'Et tal var forkert.', 'why[en]': 'A number was wrong.' },
      `${url}/correct`,
    )
    expect(corrected.headers['location']).to.equal('/audits/AU-2026-2/review')
    const next = '/audits/AU-2026-2'
    const again = seen(await html(dpo.agent, `${next}/review`))
    expect((await submit(dpo.agent, `${next}/review`, { seen: again }, `${next}/freeze`)).status).to.equal(
      303,
    )
    await bothSign(next, dpo.agent, boss.agent, phone.nextCode())
    expect((await auditOf(reference)).state).to.equal('replaced')
    const kept = await dpo.agent.get(`${next}/controls/B.6/files/${evidence._id}`)
    expect(kept.status, 'the evidence of the edition that was corrected').to.equal(200)
    await journey.work()
    await journey.work()
    expect(journey.mailbox.mailsFor('privacy@hill.example').at(-1)?.subject).to.include(
      'Corrected declaration',
    )
    expect(journey.mailbox.mailsFor('dpo@bakkeby.example')).to.have.length(2)
    expect(journey.mailbox.mailsFor('it@senere.example')).to.deep.equal([])
    expect((await copiesOfCustomer(hill?._id ?? '')).map(({ reference: each }) => each)).to.deep.equal([
      'AU-2026-2',
      'AU-2026',
    ])
    expect((await visit(customer.agent, customer.landed)).text).to.include('erstattet')
    expect(await findingsOf({ kind: 'audit', id: signed._id })).to.have.length(1)
    expect(later).to.not.equal(undefined)
  })

  const html = async (agent: Agent, page: string) => (await agent.get(page)).text

  async function bothSign(url: string, dpo: Agent, boss: Agent, code: string): Promise<void> {
    const hash = (await auditOf(url.replace('/audits/', ''))).frozen?.hash
    const signing = { title: 'x', password, hash, seen: 'yes' }
    const first = await submit(boss, `${url}/sign`, { ...signing, code }, `${url}/sign/management`)
    expect(first.status, problemsIn(first.text)).to.equal(303)
    expect((await submit(dpo, `${url}/sign`, signing, `${url}/sign/dpo`)).status).to.equal(303)
  }
})

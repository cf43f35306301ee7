import { expect } from 'chai'
import { breachByReference } from '../../src/breaches/records.js'
import { workOnBreaches } from '../../src/breaches/timers.js'
import { vendorByReference } from '../../src/register/actions.js'
import { download } from '../annex-b/handed.js'
import { linkIn } from '../journeys/house.js'
import { aWorld, customersOf } from '../notices/world.js'
import { anonymous, signedIn, submit, submitFiles } from '../support/people.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { visit } from '../support/visit.js'
import { breachHouse } from './house.js'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nrapport\n%%EOF\n')

describe('a breach', function () {
  this.timeout(120_000)
  const { tilsyn, mailbox, send, entered } = breachHouse()

  it('with ourselves that touched nobody is recorded with the reason all the same (Art. 33(5))', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Ene A/S' }])
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const url = await entered(agent, world, { engagement: '', services: world.hosting._id })
    expect((await visit(agent, url)).text)
      .to.include('Brud hos os selv')
      .and.include('Ene A/S')
    expect((await submit(agent, url, { because: '' }, `${url}/nobody`)).status).to.equal(422)
    const early = await submit(agent, `${url}/close`, { facts: 'a', effects: 'b', remedy: 'c', lesson: 'd' })
    expect(early.status).to.equal(409)
    expect(early.text).to.include('1 berørte kunder er ikke underrettet')
    await submit(agent, url, { because: 'Disken var krypteret.' }, `${url}/nobody`)
    const group = (place: number) => ({
      [`groups[${place}][who]`]: 'Medarbejdere',
      [`groups[${place}][harms][]`]: 'loss',
      [`groups[${place}][likelihood]`]: '1',
      [`groups[${place}][consequence]`]: '2',
      [`groups[${place}][because]`]: 'Krypteret.',
    })
    const empty = await submit(agent, `${url}/risk`, { conclusion: 'unlikely', because: 'x' })
    expect(empty.status).to.equal(422)
    expect(empty.text).to.include('Vurder mindst én gruppe')
    const judged = await submit(agent, `${url}/risk`, {
      ...group(0),
      safeguards: 'AES-256.',
      conclusion: 'unlikely',
      because: 'Nøglen er i behold.',
    })
    expect(judged.status, judged.text.slice(0, 2000)).to.equal(303)
    expect((await visit(agent, `${url}/risk`)).text).to.include('Beregnet: Risiko usandsynlig')
    const closed = await submit(agent, `${url}/close`, {
      facts: 'En disk blev stjålet.',
      effects: 'Ingen.',
      remedy: 'Nøglen er skiftet.',
      lesson: 'Diske låses inde.',
    })
    expect(closed.status, closed.text.slice(0, 2000)).to.equal(303)
    expect((await visit(agent, url)).text)
      .to.include('Diske låses inde.')
      .and.include('Disken var krypteret.')
    expect((await submit(agent, url, { because: 'Nyt fund.' }, `${url}/reopen`)).status).to.equal(303)
    expect((await breachByReference('BR-2026-001'))?.open).to.equal(true)
    await visit(agent, '/breaches?q=br-2026-001&show=open')
    await visit(agent, '/breaches?q=intet')
    await visit(agent, '/breaches/new')
  })

  it('is sent while most is unknown, to each in its language, and the next contact is tried', async () => {
    const world = await aWorld(tilsyn)
    const [danish, english, bouncing, silent] = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', caseNumber: '2026-77' },
      { name: 'Hill Ltd', locale: 'en', agreement: { breachHours: 12 } },
      { name: 'To Kontakter A/S', emails: ['en@to.example', 'to@to.example'] },
      { name: 'Uden Kontakt A/S', emails: [] },
    ])
    mailbox.refuse('en@to.example', 550)
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = await entered(agent, world)
    expect((await visit(agent, '/')).text).to.include(
      'BR-2026-001: customers know nothing yet of the breach at Gammelby Drift ApS',
    )
    const page = await visit(agent, `${url}/details`)
    expect(page.text).to.include('Three moments')
    const assessed = await submit(agent, `${url}/details`, {
      role: 'processor',
      engagements: world.old._id,
      from: '2026-11-20',
      until: '',
    })
    expect(assessed.status, assessed.text.slice(0, 2000)).to.equal(303)
    expect((await submit(agent, `${url}/notice`, {}, `${url}/send`)).status).to.equal(409)
    const written = await submit(agent, `${url}/notice`, {
      'nature[da]': 'Uvedkommende har læst backup.',
      'nature[en]': 'A third party has read backups.',
      subjectCount: '1.200',
      'contact[name]': 'Karen Østergård',
      'contact[phone]': '+45 70 10 20 30',
    })
    expect(written.status, written.text.slice(0, 2000)).to.equal(303)
    expect((await visit(agent, `${url}/notice`)).text).to.include(
      'Not known yet: Categories of data subjects',
    )
    expect((await visit(agent, `${url}/customers/${danish?.reference}`)).text)
      .to.include('Jeres sag 2026-77: Underretning om brud')
      .and.include('Ikke kendt endnu')
    // A colleague saved from a page that was opened before: nothing is written over unseen.
    const late = await submit(agent, `${url}/notice`, { seen: 'none', 'nature[da]': 'Noget andet.' })
    expect(late.status).to.equal(409)
    expect(late.text).to.include('Somebody else has written').and.include('A third party has read backups.')
    expect((await submit(agent, `${url}/notice`, { seen: 'none' }, `${url}/send`)).status).to.equal(409)
    expect((await submit(agent, `${url}/notice`, {}, `${url}/send`)).status).to.equal(303)
    for (let turn = 0; turn < 2; turn += 1) {
      await send()
      await workOnBreaches(tilsyn.context())
    }
    const toCustomers = mailbox.mails.filter(({ subject }) => /Underretning|Notice of/.test(subject ?? ''))
    expect(toCustomers.map((mail) => mail.for))
      .to.include('to@to.example')
      .and.have.length(3)
    expect(toCustomers.map(({ text }) => text).join())
      .to.include('about 1,200')
      .and.include('cirka 1.200')
    const listed = await visit(agent, `${url}/calls`)
    expect(listed.text).to.include('Uden Kontakt A/S').and.not.include('Bakkeby Kommune')
    expect((await agent.get(`${url}/calls.pdf`)).headers['content-type']).to.equal('application/pdf')
    expect((await agent.get(`${url}/calls.xlsx`)).status).to.equal(200)
    expect((await visit(agent, `${url}/calls?show=all`)).text).to.include('Bakkeby Kommune')

    const own = `${url}/customers/${silent?.reference}`
    const call = { calledDay: '2026-11-23', calledTime: '10:00', outcome: 'told' }
    expect((await submit(agent, own, call, `${own}/calls`)).status, 'with whom').to.equal(422)
    await submit(agent, own, { ...call, spokeWith: 'Omstillingen' }, `${own}/calls`)
    expect((await visit(agent, own)).text).to.include('Omstillingen')
    expect((await breachByReference('BR-2026-001'))?.state).to.equal('told')
    expect((await visit(agent, `${url}/customers/${bouncing?.reference}`)).text).to.include('550')
    const early = { reachedDay: '2026-11-22', reachedTime: '10:00', how: 'digital-post' }
    const other = `${url}/customers/${english?.reference}`
    expect((await submitFiles(agent, other, early, [], `${other}/told`)).status).to.equal(409)

    // The customer's own page.
    const reader = anonymous(tilsyn)
    const path = linkIn(mailbox.mails.find(({ for: to }) => to === english?.contacts[0]?.email))
    const landed = String((await reader.get(path)).headers['location'])
    expect(landed).to.match(/^\/c\/[^/]+\/breaches\/BR-2026-001$/)
    const mine = await visit(reader, landed)
    expect(mine.text)
      .to.include('The limit of 72 hours is yours')
      .and.include('33(3)(b) Contact point: Karen')
      .and.not.include('Bakkeby')
    await submit(reader, landed, {}, `${landed}/receipt`)
    expect((await visit(reader, landed)).text).to.include('You confirmed receipt')
    expect((await submit(reader, landed, { once: 'q', text: '' }, `${landed}/questions`)).status).to.equal(
      422,
    )
    await submit(reader, landed, { once: 'q', text: 'Were passwords read?' }, `${landed}/questions`)
    expect((await reader.get(`${landed}/notice.pdf?phase=1`)).headers['content-type']).to.equal(
      'application/pdf',
    )
    const first = landed.replace(/\/breaches.*/, '')
    expect((await visit(reader, first)).text).to.include('BR-2026-001')
    expect((await reader.get(`${first}/breaches/BR-2026-002`)).status).to.equal(404)

    expect((await visit(agent, url)).text).to.include('Were passwords read?')
    await submit(agent, other, { text: 'No.' }, `${other}/questions/q`)
    await send()
    const answered = mailbox.mails.find(({ subject }) => subject?.startsWith('Answer about'))
    expect(answered?.text).to.include('No.').and.include('Were passwords read?')
    for (const locale of ['da', 'en'] as const) {
      const { bytes } = await download(agent, `${other}/notice.pdf?language=${locale}`)
      await expectSoundPdf(bytes, { name: `breach-${locale}`, locale, foot: ['BR-2026-001'] })
    }
    const { agent: auditor } = await signedIn(tilsyn, 'auditor', 'en')
    await visit(auditor, url)
    expect((await auditor.get('/breaches/new')).status).to.equal(403)
  })

  it('of data we are controller of: 72 hours, and the text is passed on after the authority (D.2.2)', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Ringe A/S' }])
    const { agent } = await signedIn(tilsyn, 'dpo', 'en')
    const url = await entered(agent, world, { role: 'provider' })
    expect((await visit(agent, url)).text).to.include(
      'The authority is to be told by Thursday 26 November 2026, 09:30',
    )
    await submit(agent, `${url}/notice`, {
      'nature[da]': 'Opkaldslister.',
      'passOn[da]': 'Kære bruger. Din opkaldsliste er læst.',
      'passOn[en]': 'Dear user. Your call list was read.',
    })
    const refused = await submit(agent, `${url}/notice`, {}, `${url}/send`)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.include('The authority is told first (annex D.2.2)')
    const authority = {
      decision: 'told',
      reference: '2026-441-0001',
      authorityDay: '2026-11-23',
      authorityTime: '09:45',
    }
    const file = { field: 'file', name: 'anmeldelse.pdf', bytes: pdf }
    expect((await submitFiles(agent, url, authority, [file], `${url}/authority`)).status).to.equal(303)
    expect((await visit(agent, url)).links.filter((link) => link.startsWith(`${url}/files/`))).to.have.length(
      1,
    )
    expect((await submit(agent, `${url}/notice`, {}, `${url}/send`)).status).to.equal(303)
    await send()
    await workOnBreaches(tilsyn.context())
    const mail = mailbox.mails.find(({ subject }) => subject?.startsWith('Tekst til jeres brugere'))
    expect(mail?.text).to.include('uden at ændre i den').and.include('Kære bruger. Din opkaldsliste er læst.')
    const reader = anonymous(tilsyn)
    const landed = String((await reader.get(linkIn(mail))).headers['location'])
    expect((await visit(reader, landed)).text).to.include('Send denne tekst uændret videre')
    // What it rests on is settled now.
    const changed = await submit(agent, `${url}/details`, { role: 'processor', engagements: world.old._id })
    expect(changed.status).to.equal(409)
  })

  it('is reported by a sub-processor through its link, at the same hour with staff', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{ name: 'Ramt A/S' }])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const vendors = await vendorByReference('V-0001')
    const contact = vendors?.contacts[0]?.id
    const vendorPage = '/vendors/V-0001'
    expect((await visit(agent, vendorPage)).text).to.include('A lasting link by which the contact can report')
    await submit(agent, vendorPage, {}, `/breaches/vendors/V-0001/links/${contact}`)
    await send()
    const ida = anonymous(tilsyn)
    const landed = String(
      (await ida.get(linkIn(mailbox.mailsFor('ida@nyborg.example').at(-1)))).headers['location'],
    )
    const form = await visit(ida, landed)
    expect(form.lang).to.equal('da')
    const report = {
      once: 'v',
      report: 'Vores backup er læst.',
      knewDay: '2026-11-23',
      knewTime: '04:00',
      'contact[name]': 'Ida Holm',
      'contact[phone]': '+45 20 30 40 50',
      'contact[email]': 'ida@nyborg.example',
    }
    const wrong = await submitFiles(ida, landed, { ...report, 'contact[phone]': '' }, [])
    expect(wrong.status).to.equal(422)
    const file = { field: 'files', name: 'rapport.pdf', bytes: pdf }
    expect((await submitFiles(ida, landed, report, [file])).status).to.equal(303)
    expect((await submitFiles(ida, landed, report, [file])).status, 'twice is once').to.equal(303)
    await send()
    const alert = mailbox.mails.find(({ subject }) => subject?.includes('reports a breach: BR-2026-001'))
    expect(alert?.subject).to.include('first limit Tuesday 24 November 2026, 10:00')
    expect(mailbox.mailsFor('ida@nyborg.example').at(-1)?.subject).to.include(
      'Vi har modtaget jeres indberetning',
    )
    const breach = await breachByReference('BR-2026-001')
    expect(breach).to.include({ reportedBy: 'vendor', state: 'reported', derived: true })
    expect(
      [breach?.vendorKnewAt, breach?.vendorToldAt, breach?.awareAt].map((at) => at?.toISOString()),
    ).to.deep.equal(['2026-11-23T03:00:00.000Z', '2026-11-23T09:00:00.000Z', '2026-11-23T09:00:00.000Z'])
    expect((await visit(agent, '/breaches/BR-2026-001')).text)
      .to.include('rapport.pdf')
      .and.include('Ramt A/S')
    await submitFiles(ida, landed, { text: 'Det var 40 personer.' }, [], `${landed}/BR-2026-001`)
    expect((await visit(agent, '/breaches/BR-2026-001')).text).to.include('Det var 40 personer.')
    expect((await visit(ida, landed)).text).to.include('Det var 40 personer.')
    await send()
    expect(mailbox.mails.at(-1)?.subject).to.include('has told us more')
  })
})

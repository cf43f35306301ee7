import { expect } from 'chai'
import { announceAgain, noticeByReference, recipientById } from '../../src/notices/actions.js'
import { followUpMails } from '../../src/notices/timers.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { aDraft, anEngagement, anIssued, aWorld, customersOf, senderTo, why } from './world.js'

describe('pages of notices', () => {
  const tilsyn = useApp()
  const mailbox = useMailbox()
  const letter = { field: 'file', name: 'kvittering.txt', bytes: Buffer.from('Modtaget 25. november') }

  const fields = (engagement: string, changes: Record<string, string> = {}) => ({
    'lines[0][kind]': 'addition',
    'lines[0][engagement]': engagement,
    'lines[0][replaces]': '',
    plannedStart: '2027-03-01',
    goLive: 'staged',
    'why[da]': why.da,
    'why[en]': why.en,
    'safeguards[da]': '',
    'safeguards[en]': '',
    ...changes,
  })

  async function drafted(
    agent: Agent,
    engagement: string,
    changes: Record<string, string> = {},
  ): Promise<string> {
    const answer = await submit(agent, '/notices/new', fields(engagement, changes))
    expect(answer.status, answer.text.slice(0, 500)).to.equal(303)
    return String(answer.headers['location']).replace('/preview', '')
  }

  it('drafts, previews and sends a notice in Danish', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune' },
      { locale: 'en', name: 'Hill Ltd' },
    ])
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    expect((await visit(agent, '/notices')).text).to.include('Her står varslerne')
    expect((await visit(agent, `/notices/new?engagement=${world.planned.reference}`)).text).to.include(
      '30 dage',
    )

    const url = await drafted(agent, world.planned.reference)
    const preview = await visit(agent, `${url}/preview`)
    expect(preview.text).to.include('2 kunder får besked').and.include('Nej. Varslet kan sendes.')
    expect(preview.text).to.include('Varsel om ny underdatabehandler: Nyborg Backup ApS')
    const mail = await agent.get(`${url}/preview/mail?customer=${customer?.reference}`)
    expect(mail.text).to.include('I behøver ikke gøre noget, medmindre I vil gøre indsigelse.')
    const paper = await agent.get(`${url}/preview/paper?customer=${customer?.reference}`).buffer(true)
    expect(paper.headers['content-type']).to.equal('application/pdf')

    await visit(agent, `${url}/issue`)
    const notice = await noticeByReference(url.split('/').at(-1) ?? '')
    expect(notice.safeguards.da).to.include(
      'Databehandleraftale med Nyborg Backup ApS, underskrevet 2. november 2026',
    )
    expect((await submit(agent, `${url}/issue`, { version: notice.version })).headers['location']).to.equal(
      url,
    )
    const shown = await visit(agent, url)
    expect(shown.text).to.include('2 endnu ikke leveret').and.include('Bakkeby Kommune')
    await visit(agent, `${url}?phase=running`)
    await visit(agent, `${url}?q=bakkeb`)
    expect((await visit(agent, `${url}/recipients/${customer?.reference}`)).text).to.include(
      'Sidste dag, som den står i mailen',
    )
    expect((await visit(agent, '/notices?state=issued')).text).to.include('Nyborg Backup ApS')
    const before = await agent.get('/notices?show=running')
    expect(before.headers['location'], 'an address given out').to.equal('/notices?state=issuing&state=issued')
  })

  it('keeps what was typed and says what is missing, beside the field', async () => {
    const world = await aWorld(tilsyn)
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const answer = await submit(
      agent,
      '/notices/new',
      fields('', { 'why[en]': '', goLive: 'together', plannedStart: 'soon' }),
    )
    const page = inspect(answer.text, answer.status)
    expect(answer.status).to.equal(422)
    expect(page.text).to.include('Choose at least one change')
    expect(answer.text).to.include('href="#field-why-en"').and.include('href="#field-togetherBecause-da"')
    expect(answer.text).to.include(why.da)
    await customersOf(tilsyn, world, [{}])
    const wrong = await submit(agent, '/notices/new', fields(world.old.reference))
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.include('Choose a planned sub-processor that no customer has approved')
  })

  it('adds a row and reckons dates without judging the form', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, { agreement: { notice: { length: 60, unit: 'days' } } }])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const answer = await submit(agent, '/notices/new', {
      ...fields(world.planned.reference, { plannedStart: '2026-12-01', 'why[da]': '' }),
      more: 'yes',
    })
    expect(answer.status).to.equal(200)
    const page = inspect(answer.text, answer.status)
    expect(page.text).to.include('Change 2').and.include('60 days').and.include('Too late')
  })

  it('issues only with the tick where a customer has no contact, and takes delivery by letter afterwards', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{ name: 'Uden Mail ApS', contacts: [] }])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = await drafted(agent, world.planned.reference)
    expect((await visit(agent, `${url}/preview`)).text).to.include(
      '1 customer has no contact with an e-mail address',
    )
    const { version } = await noticeByReference(url.split('/').at(-1) ?? '')
    const refused = await submit(agent, `${url}/issue`, { version })
    expect(refused.status).to.equal(409)
    expect(inspect(refused.text, 409).text).to.include('The notice cannot be sent yet')
    expect((await submit(agent, `${url}/issue`, { version, otherChannel: 'yes' })).status).to.equal(303)

    const own = `${url}/recipients/${customer?.reference}`
    expect((await visit(agent, own)).text).to.include('give notice by another channel and register it')
    await visit(agent, `${own}/delivery`)
    tilsyn.moveTo('2026-11-25T12:00:00Z')
    const { agent: later } = await signedIn(tilsyn, 'officer', 'en')
    const bare = await submitFiles(
      later,
      `${own}/delivery`,
      { channel: 'letter', on: '2026-11-25', time: '11:00' },
      [],
    )
    expect(bare.status).to.equal(409)
    expect(inspect(bare.text, 409).text).to.include('Attach the file that shows it.')
    const taken = await submitFiles(
      later,
      `${own}/delivery`,
      { channel: 'letter', on: '2026-11-25', time: '11:00' },
      [letter],
    )
    expect(taken.status).to.equal(303)
    expect((await visit(later, own)).text)
      .to.include('Monday 28 December 2026')
      .and.include('Letter (registered)')
  })

  it('registers an approval, and shows what a customer under specific authorisation waits for', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [
      { agreement: { authorisation: 'specific' }, emails: ['a@kunde.example'] },
    ])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const sender = senderTo(tilsyn, mailbox.url)
    await sender.sendDue()
    await sender.stop()
    await followUpMails(tilsyn.context())
    const own = `/notices/${notice.reference}/recipients/${customer?.reference}`
    expect((await visit(agent, own)).text).to.include('Waits for the customer’s approval')
    await visit(agent, `${own}/answer`)
    tilsyn.moveTo('2026-11-30T12:00:00Z')
    const { agent: later } = await signedIn(tilsyn, 'officer', 'en')
    const answer = {
      answer: 'approved',
      channel: 'mail',
      on: '2026-11-30',
      time: '10:00',
      name: 'Mette Krogh',
      title: 'Direktør',
    }
    const missing = await submitFiles(later, `${own}/answer`, { ...answer, name: '' }, [letter])
    expect(missing.status).to.equal(422)
    inspect(missing.text, 422)
    expect((await submitFiles(later, `${own}/answer`, answer, [letter])).status).to.equal(303)
    expect((await visit(later, own)).text).to.include(
      'Approved on 30 November 2026 by Mette Krogh, Direktør (E-mail)',
    )
  })

  it('lets an undelivered customer be sent to again once it has a contact that works', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{ emails: ['gone@kunde.example'] }])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    mailbox.refuse('gone@kunde.example', 550, 1)
    const sender = senderTo(tilsyn, mailbox.url)
    await sender.sendDue()
    await followUpMails(tilsyn.context())
    const id = `${notice._id}/${customer?._id}`
    expect(await recipientById(id)).to.include({ state: 'undelivered', undeliveredBecause: 'bounced' })
    await announceAgain(tilsyn.context(), id)
    await sender.sendDue()
    await sender.stop()
    await followUpMails(tilsyn.context())
    expect((await recipientById(id))?.state).to.equal('running')
    const { agent } = await signedIn(tilsyn, 'auditor', 'da')
    const page = await visit(agent, `/notices/${notice.reference}/recipients/${customer?.reference}`)
    expect(page.text).to.include('Afvist').and.include('550').and.include('Modtaget')
  })

  it('withdraws with a reason customers read', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const { agent } = await signedIn(tilsyn, 'dpo', 'en')
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const url = `/notices/${notice.reference}`
    await visit(agent, `${url}/withdraw`)
    const empty = await submit(agent, `${url}/withdraw`, { 'because[da]': '', 'because[en]': '' })
    expect(empty.status).to.equal(422)
    expect(
      (
        await submit(agent, `${url}/withdraw`, {
          'because[da]': 'Planen er ændret.',
          'because[en]': 'The plan has changed.',
        })
      ).status,
    ).to.equal(303)
    expect((await visit(agent, url)).text)
      .to.include('The plan has changed.')
      .and.include('Withdrawn')
  })

  it('asks for use and for deletion on pages of their own', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    await anEngagement(tilsyn, 'Tredje ApS', [world.hosting._id])
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const draft = aDraft(world.planned, {
      lines: [{ kind: 'replacement', engagement: world.planned.reference, replaces: world.old.reference }],
    })
    const notice = await anIssued(tilsyn, draft)
    const line = `/notices/${notice.reference}/lines/${notice.lines[0]?.id}`
    await visit(agent, `${line}/use`)
    await visit(agent, `${line}/deletion`)
    const early = await submit(agent, `${line}/use`, { on: '2026-11-23' })
    expect(early.status).to.equal(409)
    expect(inspect(early.text, 409).text).to.include('Ændringen er ikke tilladt for nogen kunde på den dag')
    await visit(agent, `/notices/${notice.reference}/lines/none/use`, 404)
  })

  it('lets nobody write who may only read', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const { agent } = await signedIn(tilsyn, 'auditor', 'en')
    await visit(agent, '/notices/new', 403)
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const page = await visit(agent, `/notices/${notice.reference}`)
    expect(page.links.filter((link) => /withdraw|edit/.test(link))).to.deep.equal([])
  })
})

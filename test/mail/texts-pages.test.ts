import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { currentWording, latestWording, saveText } from '../../src/mail/wording.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { beginIssue, finishIssue } from '../../src/notices/actions/issue.js'
import { draftNotice, previewFor, type Notice } from '../../src/notices/actions.js'
import { enqueueMissingMails } from '../../src/notices/timers.js'
import { useJourney } from '../journeys/house.js'
import { aContact, anAddition, announce, buildWorld, type World } from '../journeys/world.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'

const lead = 'notices:mail.lead.notice'
const leadPage = '/mail-texts/announcement-notice/lead.notice'
const own = { da: 'Kære kunde: sig til senest {{day}}.', en: 'Dear customer: tell us by {{day}}.' }

describe('The editor of mail texts', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let officer: Agent

  beforeEach('an officer and two customers', async () => {
    world = await buildWorld(house.officer(), [
      { name: 'Bakkeby Kommune', contacts: [aContact('dpo@bakkeby.example')] },
      { name: 'Tavs A/S', contacts: [aContact('dpo@tavs.example', { locale: 'en' })] },
    ])
    officer = (await signedIn(house, 'officer', 'en')).agent
  })

  const edit = (words: { da: string; en: string }, more: Record<string, string | number> = {}) =>
    submit(officer, leadPage, { version: 0, 'words[da]': words.da, 'words[en]': words.en, ...more })

  const mailTo = (address: string) => house.mailbox.mailsFor(address).at(-1)?.text ?? ''

  it('shows every mail with its texts, and the mail itself in both languages', async () => {
    const { html: list } = await visit(officer, '/mail-texts')
    expect(list).to.contain('Request for approval').and.to.contain('As shipped')
    for (const group of [...list.matchAll(/href="(\/mail-texts\/[a-z-]+)"/g)].map(([, url]) => url!)) {
      await visit(officer, group)
      if (group.endsWith('/history')) continue
      for (const language of ['da', 'en']) {
        const { status, text } = await officer.get(`${group}/preview/${language}`)
        expect(status, group).to.equal(200)
        expect(text).to.contain('<html').and.to.not.contain('{{').and.to.not.contain('undefined')
      }
    }
    const { text } = await visit(officer, leadPage)
    expect(text).to.contain('{{day}}').and.to.contain('(must be in the text)')
  })

  it('refuses a text without what the law needs, names it, and keeps what was typed', async () => {
    const answer = await edit({ da: 'Sig til i god tid.', en: own.en })
    expect(answer.status).to.equal(422)
    expect(answer.text).to.contain('{{day}} is missing').and.to.contain('Sig til i god tid.')
    expect(await currentWording()).to.equal(null)
  })

  it('shows the mail with words that are not saved', async () => {
    const answer = await edit(own, { look: 'yes' })
    expect(answer.status).to.equal(200)
    expect(answer.text)
      .to.contain('Not saved yet')
      .and.to.match(/Dear customer: tell us by [A-Z]/)
    expect(await currentWording()).to.equal(null)
  })

  it('uses the own words in the next notice, its paper and its preview', async () => {
    expect((await edit(own)).status).to.equal(303)
    const draft = await draftNotice(house.officer(), anAddition(world))
    const preview = await previewFor(house.officer(), draft.reference, world.customers[1]!.reference)
    expect(preview.content.lead).to.match(/^Dear customer: tell us by .*2026\.$/)
    await announce(house.officer(), anAddition(world))
    await house.work()
    expect(mailTo('dpo@bakkeby.example')).to.contain('Kære kunde: sig til senest')
    expect(mailTo('dpo@tavs.example')).to.contain('Dear customer: tell us by')
  })

  it('freezes the words at issue: what a crash left is sent as it would have been', async () => {
    await edit(own)
    const { reference, version } = await draftNotice(house.officer(), anAddition(world))
    const { notice } = await beginIssue(house.officer(), { reference, version }, [])
    await saveText(house.officer(), 1, lead, { da: 'Andre ord, {{day}}.', en: 'Other words, {{day}}.' })
    await finishIssue(house.officer(), notice)
    await enqueueMissingMails(house.officer())
    await house.work()
    expect(mailTo('dpo@bakkeby.example')).to.contain('Kære kunde').and.to.not.contain('Andre ord')
    expect(notice).to.have.nested.property('wording.number', 1)
  })

  it('sends nothing else than before while there are no own words', async () => {
    const notice: Notice = await announce(house.officer(), anAddition(world))
    expect(notice.wording ?? null).to.equal(null)
    await house.work()
    expect(mailTo('dpo@tavs.example')).to.contain('You need do nothing unless you object.')
  })

  it('sends a test mail to oneself, marked, without a link, that starts no clock', async () => {
    const notice = await announce(house.officer(), anAddition(world))
    const before = house.mailbox.mailsFor('dpo@bakkeby.example').length
    const { agent, person } = await signedIn(house, 'officer', 'en')
    const page = '/mail-texts/announcement-notice'
    expect((await submit(agent, page, { language: 'en' }, `${page}/test`)).status).to.equal(303)
    const [mail] = await mailsAbout('wording', ['shipped'])
    expect(mail).to.deep.include({ kind: 'test-mail', state: 'queued' })
    expect(mail?.to.address).to.equal(person.email)
    expect(mail?.subject).to.match(/^TEST: /)
    await house.work()
    const [sent] = house.mailbox.mailsFor(person.email)
    expect(sent?.text)
      .to.contain('TEST: You need do nothing')
      .and.to.not.match(/tilsyn\.test\/l\/|link\.tilsyn/)
    expect(house.mailbox.mailsFor('dpo@bakkeby.example')).to.have.length(before + 1)
    expect(await mailsAbout('recipient', [`${notice._id}/${world.customers[0]!._id}`])).to.have.length(1)
  })

  it('keeps every version, shows what it changed, and brings an earlier one back', async () => {
    await edit(own)
    await edit({ da: 'Nyere: {{day}}.', en: 'Newer: {{day}}.' }, { version: 1 })
    const { html: text } = await visit(officer, '/mail-texts/history')
    expect(text)
      .to.contain('Version 2')
      .and.to.contain('Version 1')
      .and.to.match(/<ins>Newer: ?<\/ins>/)
    const back = await submit(officer, '/mail-texts/history', { version: 2 }, '/mail-texts/history/1/restore')
    expect(back.status).to.equal(303)
    expect((await currentWording())?.texts).to.deep.equal([{ key: lead, ...own }])
    await submit(officer, leadPage, { version: 3 }, `${leadPage}/shipped`)
    expect(await currentWording()).to.equal(null)
    const latest = await latestWording()
    expect(latest).to.include({ number: 4 })
    expect((await historyOf('wording', latest!._id))[0]).to.include({ event: 'wording.saved' })
  })

  it('tells the second of two editors, and keeps what it typed', async () => {
    await edit(own)
    const late = await edit({ da: 'Min: {{day}}.', en: 'Mine: {{day}}.' })
    expect(late.status).to.equal(409)
    expect(late.text).to.contain('Mine: {{day}}.')
    expect((await currentWording())?.texts[0]?.en).to.equal(own.en)
  })

  it('is for administrators and officers', async () => {
    for (const [role, status] of [
      ['administrator', 200],
      ['officer', 200],
      ['dpo', 403],
      ['auditor', 403],
    ] as const)
      expect((await (await signedIn(house, role)).agent.get('/mail-texts')).status, role).to.equal(status)
  })
})

import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { codesADay, codeTries } from '../../src/auth/rules.js'
import { Mails } from '../../src/mail/records/mails.js'
import { registerApproval } from '../../src/notices/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { signedIn, submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { officer } from '../notices/world.js'
import { answering, letter, specific } from './answering.js'

describe("answering on the customer's page", () => {
  const here = answering()
  const {
    tilsyn,
    begin,
    id,
    recipient,
    lineId,
    mails,
    visitOf,
    signer,
    approving,
    ask,
    codeFor,
    type,
    approve,
  } = here

  const wrongFor = (codePage: string) => (codeFor(codePage) === '000000' ? '000001' : '000000')
  it('the director approves by name and title, with a code from the registered mailbox', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    expect((await visit(visitor.agent, visitor.page)).text)
      .to.contain('Approve or refuse here')
      .and.contain('Silence counts as no')
    const form = await visit(visitor.agent, visitor.answer)
    expect(form.text).to.contain('Nyborg Backup ApS').and.contain('Bakkeby Kommune approves')
    expect(form.html).to.contain('value="Jens Holm"')
    const codePage = await ask(visitor, approving())
    expect((await recipient()).lines[0]?.answer, 'nothing counts before the code').to.equal(null)
    const shown = await visit(visitor.agent, codePage)
    expect(shown.text)
      .to.contain('Bakkeby Kommune approves: Nyborg Backup ApS')
      .and.contain('d…@bakkeby.example')
      .and.not.contain('director@bakkeby')
    const done = await type(
      visitor,
      codePage,
      ` ${codeFor(codePage).slice(0, 3)} ${codeFor(codePage).slice(3)} `,
    )
    expect(done.headers['location']).to.equal(visitor.page)
    const { answer } = (await recipient()).lines[0] ?? {}
    expect(answer).to.deep.include({
      answer: 'approved',
      on: '2026-11-24',
      channel: 'page',
      by: signer,
      contact: here.director.id,
      waivesRest: false,
    })
    const page = await visit(visitor.agent, visitor.page)
    expect(page.text)
      .to.contain('You have approved the change; we may make it for Bakkeby Kommune from 1 March 2027')
      .and.contain('Jens Holm, Director')
    const [entry] = (await historyOf('recipient', id())).filter(({ event }) => event === 'recipient.answered')
    expect(entry?.facts).to.deep.include({ channel: 'page', contact: here.director.id })
    expect(JSON.stringify(entry?.facts))
      .to.contain('approves: Nyborg Backup ApS')
      .and.not.contain('Jens Holm')
    const staff = await signedIn(tilsyn)
    const path = `/notices/${here.notice.reference}/recipients/${here.customer.reference}`
    expect((await visit(staff.agent, path)).text).to.contain(
      "Approved on 24 November 2026 by Jens Holm, Director (On the customer's page, confirmed with a code)",
    )
  })

  it('every contact gets a receipt by its own link, and the officer is told', async () => {
    await signedIn(tilsyn)
    await begin()
    await approve(await visitOf(here.director))
    const receipts = await mails('notice-answer-receipt')
    expect(receipts.map(({ to }) => to.address).toSorted()).to.deep.equal(
      [here.dpo.email, here.director.email].toSorted(),
    )
    const kept = await Mails.find({ kind: 'notice-answer-receipt' }).lean()
    expect(new Set(kept.map(({ link }) => link)).size, 'nobody else’s link').to.equal(2)
    for (const { text } of kept)
      expect(text)
        .to.contain('Nyborg Backup ApS')
        .and.contain('Jens Holm, Director')
        .and.contain('24 Nov 2026')
    expect(await mails('notice-answer-alert')).to.have.length(1)
  })

  it('the code stands neither in the kept mail nor in the database', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    const codePage = await ask(visitor, approving())
    const digits = codeFor(codePage)
    const [kept] = await Mails.find({ kind: 'customer-code' }).lean()
    expect(kept?.to.address).to.equal('director@bakkeby.example')
    expect(kept?.text).to.contain('Your code is ••••••').and.contain('approves: Nyborg Backup ApS')
    const whole = JSON.stringify([kept, await Mails.db.collection('codes').find({}).toArray()])
    expect(whole).not.to.match(new RegExp(`\\b${digits}\\b`))
  })

  it('a DPO without the right is told who has it, and cannot approve by any address', async () => {
    await begin()
    const visitor = await visitOf(here.dpo)
    const page = await visit(visitor.agent, visitor.page)
    expect(page.text).to.contain('Jens Holm, Director').and.contain('advises and does not usually decide')
    expect(page.html).not.to.contain(`href="${visitor.answer}"`)
    expect((await visit(visitor.agent, visitor.answer)).html).not.to.contain('name="title"')
    const forced = await submit(visitor.agent, visitor.page, approving(), visitor.answer)
    expect(forced.status).to.equal(409)
    expect(inspect(forced.text, 409).text).to.contain('Only a contact with the right to approve')
    expect(await mails('customer-code')).to.have.length(0)
  })

  it('passes it on: the one who may gets a link of its own at its registered mailbox, once a day', async () => {
    await begin()
    const visitor = await visitOf(here.dpo)
    for (let click = 0; click < 2; click += 1) {
      const sent = await submit(
        visitor.agent,
        visitor.page,
        { to: here.director.id },
        `${visitor.page}/pass-on`,
      )
      expect(sent.headers['location']).to.equal(visitor.page)
    }
    const passed = await mails('notice-passed-on')
    expect(passed.map(({ to }) => to.address)).to.deep.equal(['director@bakkeby.example'])
    const to = await submit(visitor.agent, visitor.page, { to: here.dpo.id }, `${visitor.page}/pass-on`)
    expect(to.status, 'to one who may not').to.equal(409)
    const events = (await historyOf('recipient', id())).map(({ event }) => event)
    expect(events.filter((event) => event === 'recipient.approver-written-to')).to.have.length(1)
  })

  it('a forwarded link alone cannot approve: another’s code page does not open, and five wrong codes end it', async () => {
    await begin()
    const forwarded = await visitOf(here.director)
    const codePage = await ask(forwarded, approving())
    const other = await visitOf(here.dpo)
    const theirs = `${other.base}/codes/${codePage.split('/').at(-1)}`
    expect((await other.agent.get(theirs)).status, "with a colleague's link").to.equal(404)
    for (let left = codeTries - 1; left >= 0; left -= 1) {
      const tried = await type(forwarded, codePage, wrongFor(codePage))
      expect(tried.status).to.equal(422)
      expect(inspect(tried.text, 422).text).to.contain(
        left === 0 ? 'wrong too many times' : left === 1 ? 'one try left' : `${left} tries left`,
      )
    }
    const right = await type(forwarded, codePage, codeFor(codePage))
    expect(right.status, 'the right one comes too late').to.equal(422)
    expect((await recipient()).lines[0]?.answer).to.equal(null)
    const events = (await historyOf('recipient', id())).map(({ event }) => event)
    expect(events).to.include('code.used-up')
    const again = await submit(forwarded.agent, codePage, {}, `${codePage}/again`)
    const fresh = again.headers['location'] ?? ''
    expect((await type(forwarded, fresh, codeFor(fresh))).headers['location']).to.equal(forwarded.page)
    expect((await recipient()).lines[0]?.answer?.answer).to.equal('approved')
  })

  it('a code lives half an hour, the newest only, and so many a day', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    const first = await ask(visitor, approving())
    const second = await ask(visitor, approving())
    expect(inspect((await type(visitor, first, codeFor(first))).text, 422).text).to.contain('A newer code')
    tilsyn.moveTo('2026-11-24T09:31:00Z')
    expect(inspect((await type(visitor, second, codeFor(second))).text, 422).text).to.contain('has run out')
    for (let number = 3; number <= codesADay; number += 1) await ask(visitor, approving())
    const beyond = await submit(visitor.agent, visitor.answer, approving())
    expect(beyond.status).to.equal(409)
    expect(inspect(beyond.text, 409).text).to.contain('So many codes have been asked for today')
    tilsyn.moveTo('2026-11-25T08:00:00Z')
    await approve(await visitOf(here.director))
  })

  it('two clicks are one answer; of two tabs the newer code counts, and what it confirmed stands', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    const refusing = await ask(visitor, { [`answers[${lineId()}]`]: 'refused', ...signer })
    const codePage = await ask(visitor, approving())
    expect((await type(visitor, refusing, codeFor(refusing))).status).to.equal(422)
    const clicks = await Promise.all([1, 2, 3].map(() => type(visitor, codePage, codeFor(codePage))))
    for (const click of clicks) expect(click.headers['location']).to.equal(visitor.page)
    const { lines, version } = await recipient()
    expect(lines[0]?.answer?.answer).to.equal('approved')
    expect(
      (await historyOf('recipient', id())).filter(({ event }) => event === 'recipient.answered'),
    ).to.have.length(1)
    await type(visitor, codePage, codeFor(codePage))
    expect((await recipient()).version).to.equal(version)
    expect(await mails('notice-answer-receipt')).to.have.length(2)
    expect((await visit(visitor.agent, codePage)).text).to.contain('This has been confirmed.')
  })

  it('what a colleague has answered meanwhile is not overturned unseen', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    const codePage = await ask(visitor, { [`answers[${lineId()}]`]: 'refused', ...signer })
    await registerApproval(
      tilsyn.context(officer),
      id(),
      {
        answer: 'approved',
        lines: [],
        channel: 'letter',
        at: tilsyn.now(),
        on: tilsyn.today(),
        by: { name: 'Borgmesteren', title: 'Borgmester' },
        waivesRest: false,
      },
      letter,
    )
    const late = await type(visitor, codePage, codeFor(codePage))
    expect(late.status).to.equal(409)
    expect(inspect(late.text, 409).text).to.contain('A colleague has answered this in the meantime')
    expect((await recipient()).lines[0]?.answer?.by?.name).to.equal('Borgmesteren')
  })

  it('refuses one line and approves another in one go; an answer for each is asked for', async () => {
    await begin(specific, { lines: 2 })
    const visitor = await visitOf(here.director)
    const half = await submit(visitor.agent, visitor.answer, approving())
    expect(half.status).to.equal(422)
    await approve(visitor, { ...approving(), [`answers[${lineId(1)}]`]: 'refused' })
    const { lines, state } = await recipient()
    expect(lines.map(({ answer }) => answer?.answer)).to.deep.equal(['approved', 'refused'])
    expect(state).to.equal('running')
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines.map(({ permittedFrom }) => permittedFrom)).to.deep.equal([
      '2026-12-29',
      null,
    ])
  })
})

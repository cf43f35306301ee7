import { expect } from 'chai'
import { Mails } from '../../src/mail/records/mails.js'
import { instructedFor, noticeById, registerApproval, withdrawNotice } from '../../src/notices/actions.js'
import { raiseObjection } from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { submit } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'
import { officer } from '../notices/world.js'
import { answering } from './answering.js'

describe("answering on the customer's page, over time", () => {
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

  it('a refusal of all ends it for the customer, and nothing is left to answer', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    await approve(visitor, { [`answers[${lineId()}]`]: 'refused', ...signer })
    expect(await recipient()).to.include({ state: 'refused', endedBecause: 'refused' })
    expect((await visit(visitor.agent, visitor.page)).text).to.contain(
      'so it is not made for Bakkeby Kommune',
    )
    expect((await visit(visitor.agent, visitor.answer)).text).to.contain(
      'There is nothing to answer here now.',
    )
  })

  it('after the period an approval still counts, from its own day; after silence was noted it does not', async () => {
    await begin()
    tilsyn.moveTo('2027-01-11')
    await approve(await visitOf(here.director))
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]?.permittedFrom).to.equal('2027-01-11')
  })

  it('once silence has been noted as refusal the page takes no answer, not even one begun before', async () => {
    await begin()
    tilsyn.moveTo('2027-01-11')
    const visitor = await visitOf(here.director)
    const codePage = await ask(visitor, approving())
    const none = { answer: 'no-answer' as const, lines: [], channel: null, by: null, waivesRest: false }
    await registerApproval(
      tilsyn.context(officer),
      id(),
      { ...none, at: tilsyn.now(), on: tilsyn.today() },
      undefined,
    )
    expect((await type(visitor, codePage, codeFor(codePage))).status).to.equal(409)
    expect((await recipient()).state).to.equal('refused')
    expect(await mails('notice-answer-receipt'), 'silence has no receipt').to.have.length(0)
  })

  it('after the notice was withdrawn nothing is taken', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    const codePage = await ask(visitor, approving())
    await withdrawNotice(tilsyn.context(officer), here.notice.reference, { da: 'Nej', en: 'No' })
    const late = await type(visitor, codePage, codeFor(codePage))
    expect(late.status).to.equal(409)
    expect(inspect(late.text, 409).text)
      .to.contain('The code has been used')
      .and.not.contain('This has been confirmed')
  })

  it('an approval while an objection is open is kept, and permits nothing until that is settled', async () => {
    await begin()
    await raiseObjection(tilsyn.context({ kind: 'customer', id: here.dpo.id }), id(), {
      by: { kind: 'contact', id: here.dpo.id, name: here.dpo.name },
      channel: 'page',
      receivedAt: tilsyn.now(),
      receivedOn: tilsyn.today(),
      reasons: null,
      files: [],
    })
    const visitor = await visitOf(here.director)
    expect((await visit(visitor.agent, visitor.answer)).text).to.contain('You have an open objection')
    await approve(visitor)
    tilsyn.moveTo('2027-03-02')
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]).to.deep.include({ permittedFrom: null })
    const [receipt] = await Mails.find({ kind: 'notice-answer-receipt' }).lean()
    expect(receipt?.text).to.contain('You have an open objection')
  })

  it('under notice consents to an earlier start where that gains something, and only then', async () => {
    await begin({}, { plannedStart: '2026-12-10' })
    const visitor = await visitOf(here.director)
    expect((await visit(visitor.agent, visitor.page)).text).to.contain('Agree to an earlier start')
    const nothing = await submit(visitor.agent, visitor.answer, signer)
    expect(inspect(nothing.text, 422).text).to.contain('Say at least one thing')
    await approve(visitor, { waive: 'yes', ...signer })
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]).to.deep.include({ permittedFrom: '2026-11-24', mode: 'notice' })
    const page = await visit(visitor.agent, visitor.page)
    expect(page.text)
      .to.contain('You have agreed to an earlier start')
      .and.not.contain('You have approved')
      .and.not.contain('without an objection')
    expect((await visit(visitor.agent, `${visitor.base}/list`)).text).to.contain('With your consent')
  })

  it('where the planned start is after the period, giving up the rest is not asked for', async () => {
    await begin({})
    const visitor = await visitOf(here.director)
    expect((await visit(visitor.agent, visitor.page)).text).not.to.contain('Agree to an earlier start')
    expect(
      (await submit(visitor.agent, visitor.page, { waive: 'yes', ...signer }, visitor.answer)).status,
    ).to.equal(422)
  })

  it('gives a fresh instruction for the transfer (C.6), and waits for nothing else then', async () => {
    await begin(
      { transferInstruction: { kind: 'none', countries: [] } },
      {
        engagement: {
          storageCountries: ['IN'],
          accessCountries: ['IN'],
          transfers: [
            {
              country: 'IN',
              basis: 'scc-2021',
              module: 3,
              signedOn: '2026-10-01',
              tia: { concludedOn: '2026-10-01' },
            },
          ],
        },
      },
    )
    expect((await recipient()).blockedBy).to.deep.equal(['instruction'])
    const visitor = await visitOf(here.director)
    const form = await visit(visitor.agent, visitor.answer)
    expect(form.text)
      .to.contain('Bakkeby Kommune instructs Nordvang Drift A/S to make these transfers')
      .and.contain('India')
    tilsyn.moveTo('2026-12-30')
    const later = await visitOf(here.director)
    await approve(later, { instruct: 'yes', ...signer })
    const given = await recipient()
    expect(given).to.deep.include({ blockedBy: [], notBefore: '2026-12-30' })
    expect(given.instruction).to.deep.include({ by: signer, countries: ['IN'], contact: here.director.id })
    // The engagement's own page counts it beside what the agreements say.
    const engagement = (await noticeById(given.notice))?.lines[0]?.engagement ?? ''
    expect(await instructedFor(engagement)).to.deep.equal([{ customer: given.customer, countries: ['IN'] }])
    await permitDueChanges(tilsyn.context({ kind: 'timer', id: 'permit' }))
    expect((await recipient()).lines[0]?.permittedFrom).to.equal('2026-12-30')
  })

  it('opening any of these pages changes nothing', async () => {
    await begin()
    const visitor = await visitOf(here.director)
    const codePage = await ask(visitor, approving())
    const before = JSON.stringify([await recipient(), await Mails.db.collection('codes').find({}).toArray()])
    for (const page of [visitor.page, visitor.answer, codePage]) {
      await visit(visitor.agent, page)
      await visitor.agent.head(page)
      await visit(visitor.agent, `${page}?lang=da`)
    }
    const after = JSON.stringify([await recipient(), await Mails.db.collection('codes').find({}).toArray()])
    expect(after).to.equal(before)
  })
})

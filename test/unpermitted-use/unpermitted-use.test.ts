import { expect } from 'chai'
import type { Day } from '../../src/base/day.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { approve, confirmInUse } from '../../src/register/actions.js'
import {
  findUnpermitted,
  findingsToShow,
  unpermittedUseIn,
  unpermittedUseTasks,
} from '../../src/unpermitted-use/actions.js'
import { caseByReference } from '../../src/unpermitted-use/records.js'
import { daysWithout, type Interval } from '../../src/unpermitted-use/rules.js'
import { workOnCases } from '../../src/unpermitted-use/timers.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn, submit, submitFiles, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anIssued, aWorld, customersOf, senderTo, type World } from '../notices/world.js'

const from = (day: Day, to: Day | null = null): Interval => ({ from: day, to })

describe('days of use without permission (clause 7.3, art. 28(2))', () => {
  const today = '2026-11-23'
  const bought = [from('2026-01-01')]
  const cases: [why: string, used: Interval, bought: Interval[], approved: Interval[], expected: unknown][] =
    [
      ['never approved and still used', from('2026-11-01'), bought, [], ['2026-11-01', null, 23]],
      ['approved all along', from('2026-11-01'), bought, [from('2026-01-01')], null],
      [
        'approved later: that does not reach back',
        from('2026-11-01'),
        bought,
        [from('2026-11-11')],
        ['2026-11-01', '2026-11-11', 10],
      ],
      [
        'the approval ran out while it was used',
        from('2026-11-01'),
        bought,
        [from('2026-01-01', '2026-11-16')],
        ['2026-11-16', null, 8],
      ],
      [
        'the service was bought later than the use began',
        from('2026-11-01'),
        [from('2026-11-20')],
        [],
        ['2026-11-20', null, 4],
      ],
      ['the service was given up before', from('2026-11-01'), [from('2026-01-01', '2026-10-31')], [], null],
      ['stopped', from('2026-11-01', '2026-11-05'), bought, [], ['2026-11-01', '2026-11-05', 4]],
      ['stopped on the day it began', from('2026-11-01', '2026-11-01'), bought, [], null],
      [
        'two services, one day apart',
        from('2026-11-01', '2026-11-21'),
        [from('2026-11-01', '2026-11-05'), from('2026-11-06', '2026-11-08')],
        [],
        ['2026-11-01', '2026-11-08', 6],
      ],
      ['begun tomorrow', from('2026-11-24'), bought, [], null],
    ]
  for (const [why, used, buys, approved, expected] of cases)
    it(why, () => {
      const found = daysWithout(used, buys, approved, today)
      expect(found && [found.since, found.until, found.days]).to.deep.equal(expected)
    })
})

describe('use without permission', () => {
  const tilsyn = useApp()
  const mailbox = useMailbox()

  async function opened(agent: Agent, world: World): Promise<string> {
    const answer = await submit(agent, '/unpermitted-use/new', {
      engagement: world.planned.reference,
      since: '2026-11-10',
      discoveredOn: '2026-11-23',
      how: 'A technician saw it.',
      once: 'x',
    })
    expect(answer.status, answer.text.slice(0, 2000)).to.equal(303)
    return String(answer.headers['location'])
  }

  it('is opened from a refused confirmation of use, so that nobody bends a date', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const page = `/notices/${notice.reference}/lines/${notice.lines[0]?.id}/use`
    const refused = await submit(agent, page, { on: '2026-11-23' })
    expect(refused.status).to.equal(409)
    expect(refused.text).to.include(`/unpermitted-use/new?engagement=${world.planned._id}`)
    const form = await visit(agent, `/unpermitted-use/new?engagement=${world.planned._id}`)
    expect(form.text).to.include('2019-442-3996')
    expect(await opened(agent, world)).to.match(/^\/unpermitted-use\/UP-2026-001$/)
    expect((await visit(agent, '/unpermitted-use/UP-2026-001')).text).to.include('Kunde')
  })

  it('finds the customers, stops, tells each in its language with evidence, and closes with a lesson', async () => {
    const world = await aWorld(tilsyn)
    const [danish, english, approved, bouncing] = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', caseNumber: '2026-77' },
      { name: 'Hill Ltd', locale: 'en' },
      { name: 'Enig A/S' },
      { name: 'Uden Kontakt A/S', emails: [] },
    ])
    await approve(tilsyn.context(), [
      {
        customer: approved?._id ?? '',
        engagement: world.planned._id,
        from: '2026-01-01',
        notice: null,
        kind: 'baseline',
      },
    ])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    const url = await opened(agent, world)
    await visit(agent, url)
    const listed = (await agent.get(url)).text
    for (const each of [danish, english, bouncing])
      expect(listed).to.include(`${url}/customers/${each?.reference}`)
    expect(listed).to.not.include(`${url}/customers/${approved?.reference}`)
    expect((await unpermittedUseTasks())[0]?.text).to.equal('unpermitted:task.stop')

    const early = await submit(agent, url, {}, `${url}/tell`)
    expect(early.status).to.equal(409)
    await submit(agent, url, { stoppedOn: '2026-11-22', stoppedHow: 'Switched off.' }, `${url}/stop`)
    const words = await submit(
      agent,
      url,
      {
        'what[da]': 'Backup blev slået til ved en fejl.',
        'what[en]': 'Backup was switched on by mistake.',
        'done[da]': 'Slået fra og slettet.',
        'done[en]': 'Switched off and deleted.',
      },
      `${url}/words`,
    )
    expect(words.status, words.text.slice(0, 1000)).to.equal(303)
    const preview = await visit(agent, `${url}/customers/${danish?.reference}`)
    expect(preview.text)
      .to.include('Brug af Nyborg Backup ApS uden jeres tilladelse')
      .and.include('Jeres sag 2026-77')

    expect((await submit(agent, url, {}, `${url}/tell`)).status).to.equal(303)
    await senderTo(tilsyn, mailbox.url).sendDue()
    await workOnCases(tilsyn.context())
    await workOnCases(tilsyn.context())
    const mails = mailbox.mails.map(({ text }) => text)
    expect(mails).to.have.length(2)
    expect(mails.join())
      .to.include('Backup blev slået til ved en fejl.')
      .and.include('Switched off and deleted.')
    expect(mails.join()).to.include('ikke juridisk rådgivning').and.include('no legal advice')
    const useCase = await caseByReference('UP-2026-001')
    expect(await mailsAbout('unpermitted-customer', [`${useCase?._id}/${english?._id}`])).to.have.length(1)
    expect((await visit(agent, `${url}/customers/${english?.reference}`)).text).to.include('Told')

    const tooSoon = await submit(agent, url, { lesson: 'Four eyes.' }, `${url}/close`)
    expect(tooSoon.status).to.equal(409)
    expect(tooSoon.text).to.include('1 customers have not been told')
    const own = `${url}/customers/${bouncing?.reference}`
    const letter = { field: 'file', name: 'brev.txt', bytes: Buffer.from('Kære kunde') }
    const registered = await submitFiles(
      agent,
      own,
      { channel: 'letter', on: '2026-11-23' },
      [letter],
      `${own}/told`,
    )
    expect(registered.status, registered.text.slice(0, 1000)).to.equal(303)
    expect((await agent.get(`${own}/file`)).status).to.equal(200)
    const closed = await submit(
      agent,
      url,
      { lesson: 'Four eyes before anything is switched on.' },
      `${url}/close`,
    )
    expect(closed.status).to.equal(303)
    expect((await visit(agent, url)).text).to.include('Four eyes before anything is switched on.')
    expect(await unpermittedUseIn(2026)).to.deep.equal({
      year: 2026,
      cases: 1,
      open: 0,
      customers: 3,
      references: ['UP-2026-001'],
    })
    expect(await unpermittedUseTasks()).to.deep.equal([])
    expect((await visit(agent, '/unpermitted-use?show=closed&q=nyborg')).text).to.include('UP-2026-001')
  })

  it('lets staff add and leave out customers with the reason, and notes who approves later', async () => {
    const world = await aWorld(tilsyn)
    const [one, other] = await customersOf(tilsyn, world, [
      { name: 'Aa A/S' },
      { name: 'Bb A/S', services: [world.telephony._id] },
    ])
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    const url = await opened(agent, world)
    expect((await agent.get(url)).text)
      .to.include(`${url}/customers/${one?.reference}`)
      .and.not.include(`${url}/customers/${other?.reference}`)
    const added = await submit(
      agent,
      url,
      { customer: other?.reference, from: '2026-11-12', because: 'Delt server.' },
      `${url}/customers`,
    )
    expect(added.status, added.text.slice(0, 1000)).to.equal(303)
    const own = `${url}/customers/${other?.reference}`
    expect((await visit(agent, own)).text).to.include('Delt server.')
    expect((await submit(agent, own, { because: '' }, `${own}/leave-out`)).status).to.equal(422)
    expect((await submit(agent, own, { because: 'Alligevel ikke.' }, `${own}/leave-out`)).status).to.equal(
      303,
    )
    expect((await visit(agent, own)).text).to.include('Udeladt')
    await approve(tilsyn.context(), [
      {
        customer: one?._id ?? '',
        engagement: world.planned._id,
        from: '2026-11-20',
        notice: 'CN-2026-009',
        kind: 'approved',
      },
    ])
    expect((await workOnCases(tilsyn.context())).approved).to.equal(1)
    expect((await workOnCases(tilsyn.context())).approved).to.equal(0)
    expect((await visit(agent, url)).text).to.include('godkendt ved CN-2026-009')
  })

  it('is found by Tilsyn itself, but not where a notice keeps the customer apart', async () => {
    const world = await aWorld(tilsyn)
    const [told] = await customersOf(tilsyn, world, [{ name: 'Varslet A/S' }])
    await anIssued(tilsyn, aDraft(world.planned))
    await confirmInUse(tilsyn.context(), world.planned._id, '2026-11-20')
    expect(await findUnpermitted(tilsyn.context())).to.deep.equal({ found: 0, customers: 0 })
    await customersOf(tilsyn, world, [{ name: 'Glemt A/S' }])
    const { agent } = await signedIn(tilsyn, 'officer', 'en')
    expect((await submit(agent, '/unpermitted-use', {}, '/unpermitted-use/look')).status).to.equal(303)
    expect(
      (await findingsToShow()).map(({ count, first }) => [count, first.map(({ name }) => name)]),
    ).to.deep.equal([[1, ['Glemt A/S']]])
    expect(told?.name).to.equal('Varslet A/S')
    expect((await visit(agent, '/unpermitted-use')).text).to.include(
      'Nyborg Backup ApS is in use, and 1 customer of its services has not approved it',
    )
    expect((await visit(agent, '/')).text).to.include(
      'Nyborg Backup ApS is in use, and 1 customer has not approved it',
    )
    await opened(agent, world)
    await findUnpermitted(tilsyn.context())
    expect(await findingsToShow()).to.deep.equal([])
    expect((await visit(agent, `/engagements/${world.planned.reference}`)).text).to.include('UP-2026-001')
  })
})

import { expect } from 'chai'
import { draftNotice } from '../../src/notices/actions.js'
import {
  bringNoticesUpToDate,
  keepNoticesListed,
  phaseCounts,
  relistNotice,
} from '../../src/notices/actions/lists.js'
import { countPhases } from '../../src/notices/records/lists.js'
import {
  NoticeListings,
  noticesUnlisted,
  recipientsUnlisted,
  markListed,
  writeListing,
  noticeListings,
} from '../../src/notices/records/listings.js'
import { moveRecipient, recipientBatches } from '../../src/notices/records/recipients.js'
import type { Recipient, RecipientState } from '../../src/notices/rules.js'
import { useApp } from '../support/app.js'
import { signedIn, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { aDraft, anEngagement, anIssued, aWorld, customersOf, officer } from './world.js'

describe('The list of notices', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  let agent: Agent

  async function two() {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}, {}])
    agent = (await signedIn(tilsyn, 'officer', 'en')).agent
    const issued = await anIssued(tilsyn, aDraft(world.planned))
    const other = await anEngagement(tilsyn, 'Ærø Overvågning A/S', [world.hosting._id])
    const draft = await draftNotice(
      tilsyn.context(officer),
      aDraft(other, {
        why: { da: 'Driften flyttes til nye maskiner.', en: 'Operation moves to new machines.' },
        plannedStart: '2027-06-01',
      }),
    )
    return { world, issued, draft }
  }
  const rows = (text: string) => [...new Set(text.match(/CN-2026-\d{3}/g))]
  const found = async (query: string) => rows((await visit(agent, `/notices${query}`)).text)

  it('finds by reference, vendor, service and reason, "ae" for "æ"', async () => {
    const { issued, draft } = await two()
    expect(await found('')).to.deep.equal([draft.reference, issued.reference])
    expect(await found('?q=nyborg')).to.deep.equal([issued.reference])
    expect(await found('?q=aeroe')).to.deep.equal([draft.reference])
    expect(await found('?q=maskiner')).to.deep.equal([draft.reference])
    expect(await found('?q=hosting')).to.have.length(2)
    expect(await found(`?q=${issued.reference}`)).to.deep.equal([issued.reference])
    expect(await found('?q=zzz')).to.deep.equal([])
    const part = await agent.get('/notices?q=nyborg&part=rows')
    expect(part.text, 'rows alone, for who types').to.contain(issued.reference).and.not.contain('<html')
  })

  it('filters by state, service, kind of change and what is waited for; sorts; keeps it all in the address', async () => {
    const { world, issued, draft } = await two()
    expect(await found('?state=draft')).to.deep.equal([draft.reference])
    expect(await found('?state=draft,issued&sort=start')).to.deep.equal([draft.reference, issued.reference])
    expect(await found(`?service=${world.hosting._id}&change=addition`)).to.have.length(2)
    expect(await found(`?service=${world.telephony._id}`)).to.deep.equal([])
    expect(await found('?change=removal')).to.deep.equal([])
    expect(await found('?waits=objection')).to.deep.equal([])
    const [first] = await recipients(issued._id)
    await moved(first!, { state: 'running', openObjections: ['OB-2026-001'] })
    expect(await found('?waits=objection'), 'as soon as it is so').to.deep.equal([issued.reference])
    expect(await found('?waits=none')).to.deep.equal([draft.reference])
    expect(await found('?sort=waiting')).to.deep.equal([issued.reference, draft.reference])
    const page = await visit(agent, '/notices?state=draft&columns=name,start,services,changed')
    expect(page.text).to.contain('Planned start').and.contain('Hosting').and.contain('1 in all')
    expect(page.html).to.contain('name="list" value="notices"')
  })

  it('goes page by page, and is read by an auditor', async function () {
    this.timeout(120_000)
    const { world } = await two()
    for (let at = 0; at < 26; at += 1) {
      const engagement = await anEngagement(tilsyn, `Leverandør ${at}`, [world.hosting._id])
      await draftNotice(tilsyn.context(officer), aDraft(engagement))
    }
    const auditor = (await signedIn(tilsyn, 'auditor', 'en')).agent
    const first = await visit(auditor, '/notices')
    expect(rows(first.text)).to.have.length(25)
    expect(first.text).to.contain('28 in all').and.not.contain('New notice')
    const next = first.links.find((link) => link.includes('page='))!
    expect(rows((await visit(auditor, next.replaceAll('&amp;', '&'))).text)).to.have.length(3)
  })

  describe('counts customers', () => {
    const states: RecipientState[] = ['running', 'undelivered', 'permitted', 'in-use', 'exempted', 'queued']

    async function same(notice: string) {
      const counts = async (of: typeof phaseCounts) => (await of([notice])).get(notice)
      expect(await counts(phaseCounts)).to.deep.equal(await counts(countPhases))
    }

    it('exactly after every move, before and after the entry is made anew', async () => {
      const { issued } = await two()
      await bringNoticesUpToDate()
      for (const [at, state] of states.entries()) {
        const [one, other] = await recipients(issued._id)
        await moved(at % 2 === 0 ? one! : other!, { state })
        await same(issued._id)
        if (at % 2 === 0) await bringNoticesUpToDate()
        await same(issued._id)
      }
      await bringNoticesUpToDate()
      expect(await noticesUnlisted(), 'nothing is counted twice for nothing').to.deep.equal([])
      expect(await bringNoticesUpToDate()).to.equal(0)
    })

    it('exactly where one process counted before a move and writes after another has counted it', async () => {
      const { issued } = await two()
      const late = (await relistNotice(issued._id))!
      const seen = await recipientsUnlisted(issued._id)
      const [first] = await recipients(issued._id)
      await moved(first!, { state: 'exempted' })
      await relistNotice(issued._id)
      const { seq, ...entry } = late
      expect(await writeListing(entry, seq), 'too late').to.equal(false)
      await markListed(null, seen)
      await same(issued._id)
    })

    it('exactly where one was cut short after writing, and where a move comes between', async () => {
      const { issued } = await two()
      await bringNoticesUpToDate()
      const [first] = await recipients(issued._id)
      const before = await moved(first!, { state: 'running' })
      const seen = await recipientsUnlisted(issued._id)
      await moved(before!, { state: 'exempted' })
      const [entry] = await noticeListings([issued._id])
      const { seq, ...rest } = entry!
      await writeListing({ ...rest, counts: { running: 3 } }, seq)
      await markListed(null, seen)
      expect(await noticesUnlisted(), 'the version it was seen at is not the present one').to.deep.equal([
        issued._id,
      ])
      await same(issued._id)
    })

    it('exactly while several count and move at once', async () => {
      const { issued } = await two()
      const all = await recipients(issued._id)
      const move = async (recipient: Recipient) => {
        let current: Recipient | null = recipient
        for (const state of states) current = (current && (await moved(current, { state }))) ?? current
      }
      const count = async () => {
        for (let at = 0; at < 5; at += 1) await bringNoticesUpToDate()
      }
      await Promise.all([...all.map(move), count(), count()])
      await same(issued._id)
      await bringNoticesUpToDate()
      await same(issued._id)
      expect((await noticeListings([issued._id]))[0]?.counts).to.deep.equal({ queued: 3 })
    })

    it('and finds again what is older than the list, was lost, or came out of a copy of another moment', async () => {
      const { issued, draft } = await two()
      await found('')
      await NoticeListings.deleteOne({ _id: draft._id })
      await NoticeListings.updateOne({ _id: issued._id }, { $set: { counts: { running: 99 } } })
      await keepNoticesListed(tilsyn.context())
      expect(await found('')).to.have.length(2)
      await same(issued._id)
    })
  })

  async function recipients(notice: string): Promise<Recipient[]> {
    const all: Recipient[] = []
    for await (const batch of recipientBatches(notice)) all.push(...batch)
    return all
  }

  async function moved(recipient: Recipient, change: Parameters<typeof moveRecipient>[1]) {
    const move = { at: tilsyn.now(), by: officer, event: 'recipient.moved', facts: {} }
    return moveRecipient(recipient, change, move)
  }
})

import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { readFileBytes } from '../../src/files/actions.js'
import { readReply, takeMail } from '../../src/replies/actions.js'
import type { Notice } from '../../src/notices/actions.js'
import { registerApproval } from '../../src/notices/actions.js'
import { submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { codeIn, useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

const director = 'direktion@bakkeby.example'

describe('One director who approves for many customers', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice
  let agent: Agent
  let together: string

  beforeEach('ask five institutions, four of which she may approve for', async () => {
    world = await buildWorld(
      house.officer(),
      Array.from({ length: 5 }, (_, number) => ({
        name: `Institution ${number + 1}`,
        agreement: { authorisation: 'specific' as const },
        contacts: [
          aContact(director, { name: 'Jane Holm', title: 'Direktør', mayApprove: number < 4 }),
          aContact(`leder${number + 1}@bakkeby.example`, { name: `Leder ${number + 1}` }),
        ],
      })),
    )
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
    const opened = await house.open(director)
    agent = opened.agent
    together = `${opened.page}/together/${notice.reference}`
  })

  const ids = (...places: number[]) => places.map((place) => world.customers[place]!._id)
  const answersOf = async () =>
    Promise.all(
      world.customers.map(
        async (customer) => (await house.partOf(notice, customer)).lines[0]?.answer?.answer ?? null,
      ),
    )
  const by = { name: 'Jane Holm', title: 'Direktør' }

  async function ask(body: Record<string, unknown>): Promise<string> {
    const asked = await submit(agent, together, { ...by, ...body }, `${together}/answer`)
    expect(asked.status, asked.text.slice(0, 400)).to.equal(303)
    await house.work()
    return String(asked.headers['location'])
  }

  it('gives them with one code, each in its own words, with receipts to each customer’s contacts', async () => {
    const page = await visit(agent, together)
    expect(page.text)
      .to.include('Godkend eller afvis')
      .and.include('For nogle kunder må du ikke selv godkende')
    const code = await ask({ customers: ids(0, 1, 2, 4), answer: 'approved' })
    const shown = await visit(agent, code)
    for (const name of ['Institution 1', 'Institution 2', 'Institution 3'])
      expect(shown.text).to.include(`${name} godkender: `)
    expect(shown.text).to.not.include('Institution 4').and.not.include('Institution 5')
    expect(await answersOf(), 'nothing counts before the code').to.deep.equal([null, null, null, null, null])
    const mail = house.mailbox.mailsFor(director).at(-1)
    expect(mail?.text).to.include('Institution 2 godkender')

    const wrong = await submit(agent, code, { code: '000000' })
    expect(wrong.status).to.equal(422)
    const done = await submit(agent, code, { code: codeIn(mail) })
    expect(done.headers['location']).to.equal(together)
    expect((await visit(agent, together)).text).to.include('Svaret er registreret for 3 kunder')
    expect(await answersOf()).to.deep.equal(['approved', 'approved', 'approved', null, null])
    // The same code once more finds it done.
    expect((await submit(agent, together, { code: codeIn(mail) }, code)).status).to.equal(303)

    await house.work()
    for (const place of [0, 1, 2]) {
      const part = await house.partOf(notice, world.customers[place]!)
      expect(part.lines[0]?.answer).to.deep.include({ by, channel: 'page' })
      const entries = (await historyOf('recipient', part._id)).filter(
        ({ event }) => event === 'recipient.answered',
      )
      expect(entries).to.have.length(1)
      expect(JSON.stringify(entries[0]?.facts['statement']))
        .to.include(`Institution ${place + 1} godkender`)
        .and.not.include(`Institution ${place + 2}`)
      const [receipt] = house.mailbox.mailsFor(`leder${place + 1}@bakkeby.example`)
      expect(receipt?.subject).to.include('Kvittering')
      expect(receipt?.text)
        .to.include(`Institution ${place + 1}`)
        .and.not.include(`Institution ${place + 2}`)
    }
    expect(house.mailbox.mailsFor('leder4@bakkeby.example')).to.deep.equal([])
  })

  it('does what can still be done where one of them has answered meanwhile', async () => {
    const code = await ask({ customers: ids(0, 1), answer: 'refused' })
    const paper = { name: 'brev.txt', bytes: Buffer.from('Ja.') }
    const { now, today } = house.officer()
    await registerApproval(
      house.officer(),
      `${notice._id}/${ids(0)[0]}`,
      { answer: 'approved', on: today, at: now, channel: 'letter', by, waivesRest: false, lines: [] },
      paper,
    )
    const mail = house.mailbox.mailsFor(director).findLast(({ subject }) => subject?.includes('kode'))
    expect((await submit(agent, code, { code: codeIn(mail) })).status).to.equal(303)
    expect((await visit(agent, together)).text).to.include('Svaret er registreret for én kunde')
    expect(await answersOf()).to.deep.equal(['approved', 'refused', null, null, null])
  })

  it('is filed with her words alone where it comes by mail: what she answers names all of them', async () => {
    const [mail] = house.mailbox.mailsFor(director)
    const raw = [
      `From: Jane Holm <${director}>`,
      'To: varsler@nordvang.example',
      `Subject: SV: ${notice.reference}`,
      'Message-ID: <svar-1@bakkeby.example>',
      `In-Reply-To: ${mail?.messageId ?? ''}`,
      '',
      'Vi godkender.',
      '',
      '> Institution 1, Institution 2, Institution 3',
    ].join('\r\n')
    const taking = { via: 'pipe' as const, key: house.house.keys.replies }
    await takeMail(house.officer(), Buffer.from(raw), taking)
    const [first] = (await house.partOf(notice, world.customers[0]!)).unclassified ?? []
    await readReply(house.officer(), first ?? '', {
      as: 'approval',
      note: null,
      answer: null,
      reason: null,
      name: 'Jane Holm',
      title: 'Direktør',
    })
    expect(await answersOf()).to.deep.equal(['approved', null, null, null, null])
    const { answer } = (await house.partOf(notice, world.customers[0]!)).lines[0]!
    // It is what the customer itself, and its evidence, is shown.
    const filed = (await readFileBytes(answer?.file ?? '')).toString()
    expect(filed).to.include('Vi godkender.').and.include(director).and.not.include('Institution 2')
  })

  it('says what is missing, and asks for no code where she may approve for none of the chosen', async () => {
    const nothing = await submit(agent, together, { ...by, customers: ids(0) }, `${together}/answer`)
    expect(nothing.status).to.equal(422)
    const unnamed = await submit(
      agent,
      together,
      { customers: ids(0), answer: 'approved', name: '', title: '' },
      `${together}/answer`,
    )
    expect(unnamed.status).to.equal(422)
    const none = await submit(
      agent,
      together,
      { ...by, customers: ids(4), answer: 'approved' },
      `${together}/answer`,
    )
    expect(none.status).to.equal(409)
    expect(house.mailbox.mailsFor(director)).to.have.length(1)
  })
})

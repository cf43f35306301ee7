import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { caseBook } from '../../src/dashboard/actions/cases.js'
import { departureOf, noteReply } from '../../src/departures/actions.js'
import { readReply, takeMail } from '../../src/replies/actions.js'
import { visit } from '../support/visit.js'
import { departed } from './left.js'

describe('A reply to a mail about the end of services', function () {
  this.timeout(60_000)
  const { tilsyn, whereOneLeft } = departed()

  it('stands on its page and, once somebody has read it, in its log: by its reference, and once', async () => {
    const { departure, agent } = await whereOneLeft()
    const raw = [
      'From: Åse Ørsted <dpo1@kunde.example>',
      'To: varsler@nordvang.example',
      `Subject: SV: Ophør af ydelser [${departure.reference}]`,
      'Message-ID: <svar-1@kunde.example>',
      '',
      'Husk også sikkerhedskopierne.',
    ].join('\r\n')
    const taking = { via: 'pipe' as const, key: tilsyn.house.keys.replies, cases: caseBook }
    const { reply } = await takeMail(tilsyn.context(), Buffer.from(raw), taking)
    expect(reply.about).to.include({ reference: departure.reference })
    const told = async () =>
      (await historyOf('departure', departure._id)).filter(({ event }) => event === 'departure.replied')
    expect(await told()).to.deep.equal([])
    const input = { as: 'other' as const, note: null, answer: null, reason: null, name: null, title: null }
    await readReply(tilsyn.context(), reply.reference, input, caseBook)
    await noteReply(tilsyn.context(), departure._id, reply.reference)
    expect((await told()).map(({ facts }) => facts)).to.deep.equal([{ reply: reply.reference }])
    const page = await visit(agent, `/departures/${departure.reference}`)
    expect(page.text).to.include('Svar på en mail læst')
    expect(page.links).to.include(`/replies/${reply.reference}`)
    expect((await departureOf(departure.reference)).running).to.equal(true)
  })
})

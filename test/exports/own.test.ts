import { expect } from 'chai'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packChecked, packFile, packOrder } from '../../src/cli/evidence.js'
import { packPieces } from '../../src/exports/actions.js'
import type { Asked } from '../../src/exports/rules.js'
import type { Notice } from '../../src/notices/actions.js'
import { attachReply, dismissReply, readReply, takeMail } from '../../src/replies/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { useJourney } from '../journeys/house.js'
import { aContact, anAddition, announce, buildWorld, type World } from '../journeys/world.js'
import { jsonLines, unpacked, wordsIn, type Files } from './unpacked.js'

const shared = aContact('faelles@skovby.example', { name: 'Fie Fælles' })

describe('What is in an evidence pack', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  /** One person answers for two institutions; a third customer stands alone. */
  beforeEach('a notice to institutions with one contact', async () => {
    world = await buildWorld(house.officer(), [
      { name: 'Skovby Børnehus', contacts: [shared] },
      { name: 'Skovby Bibliotek', contacts: [shared] },
      { name: 'Ene ApS', contacts: [aContact('dpo@ene.example', { name: 'Eva Ene' })] },
    ])
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
  })

  async function packOf(asked: Asked): Promise<Files> {
    const pieces: Buffer[] = []
    for await (const piece of packPieces(house.officer(), asked, {
      name: 'Anders Vester',
      zone: 'Europe/Copenhagen',
    }))
      pieces.push(piece)
    return unpacked(Buffer.concat(pieces))
  }
  const partOf = (place: number) =>
    packOf({ kind: 'part', notice: notice.reference, customer: world.customers[place]!.reference })

  it('of one of several customers with one contact is its own mail, and not the one that named them all', async () => {
    const own = wordsIn(await partOf(0))
    expect(own).to.contain('Skovby Børnehus').and.to.not.contain('Bibliotek')
    const [mail] = jsonLines((await partOf(0)).get('mails.jsonl'))
    expect(mail).to.have.property('sentInside')
    expect(mail?.['attempts']).to.have.length(1)
    const all = await packOf({ kind: 'notice', notice: notice.reference })
    const together = [...all.keys()].find((path) => path.includes('/mails/01-notice-announcement-shared.txt'))
    expect(all.get(together ?? '')?.toString('utf8'))
      .to.contain('Børnehus')
      .and.to.contain('Bibliotek')
  })

  it('of a customer that wrote is its mail whole; what staff thought of it is for the house', async () => {
    await house.goTo('2026-12-02')
    const mail = [
      'From: Eva Ene <dpo@ene.example>',
      'To: varsler@nordvang.example',
      `Subject: Re: varsel ${notice.reference}`,
      'Message-ID: <svar-1@ene.example>',
      'Date: Wed, 2 Dec 2026 09:00:00 +0100',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Hvem har adgang til vores data?',
    ].join('\r\n')
    const key = house.house.keys.links
    const { reply } = await takeMail(house.officer(), Buffer.from(mail), { via: 'pipe', key })
    if (reply.part === null)
      await attachReply(house.officer(), reply.reference, {
        notice: notice.reference,
        customer: world.customers[2]!.reference,
      })
    const again = mail.replace('svar-1', 'svar-2').replace('Hvem har', 'Hvem fik')
    const stray = await takeMail(house.officer(), Buffer.from(again.replace(notice.reference, 'hej')), {
      via: 'pipe',
      key,
    })
    if (stray.reply.part === null)
      await dismissReply(house.officer(), stray.reply.reference, 'Samme som Skovby Bibliotek skrev.')
    await house.work()
    const files = await partOf(2)
    const words = wordsIn(files)
    expect([...files.keys()].filter((path) => /replies\/.*\.eml$/.test(path))).to.have.length(1)
    expect(words).to.contain('Hvem har adgang til vores data?').and.to.not.contain('Skovby')
    const events = jsonLines(files.get('log/entries.jsonl')).map(
      ({ entry }) => (entry as { event: string } | null)?.event,
    )
    expect(events).to.include('reply.taken')
    expect(wordsIn(await partOf(0))).to.not.contain('Hvem har adgang')
  })

  it('of one of several customers with one contact has the hash of what that person wrote for all of them', async () => {
    const [sent] = await mailsAbout('notice', [notice._id])
    const mail = [
      'From: Fie <faelles@skovby.example>',
      'Subject: Re: varsel',
      'Message-ID: <for-alle@skovby.example>',
      `In-Reply-To: <${sent?._id}@nordvang.example>`,
      '',
      'Vi gør indsigelse for Børnehuset, ikke for Biblioteket.',
      '',
      '> Skovby Børnehus, Skovby Bibliotek',
    ].join('\r\n')
    const key = house.house.keys.links
    const { reply } = await takeMail(house.officer(), Buffer.from(mail), { via: 'pipe', key })
    // It is a reply of each; which of them comes first is all the same.
    const place = [0, 1].find((each) => world.customers[each]!._id === reply.part?.customer)!
    const names = ['Skovby Børnehus', 'Skovby Bibliotek']
    const read = { note: null, answer: null, reason: null, name: null, title: null }
    await readReply(house.officer(), reply.reference, { ...read, as: 'objection' })
    const files = await partOf(place)
    const said = [...files].find(([path]) => path.includes('/replies/'))?.[1].toString('utf8') ?? ''
    expect(JSON.parse(said)).to.include({ several: true, sha256: reply.sha256 })
    expect([...files.keys()].filter((path) => path.endsWith('.eml'))).to.deep.equal([])
    // Its own words are the reasons of its objection; what they quoted is nowhere.
    expect(wordsIn(files)).to.not.contain(names[1 - place])
    expect(wordsIn(await partOf(1 - place))).to.not.contain(names[place])
    const all = await packOf({ kind: 'notice', notice: notice.reference })
    expect([...all.keys()].filter((path) => path.endsWith('.eml'))).to.have.length(2)
  })

  it('of an administrator at the command line is the same, in a file that can be checked there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tilsyn-own-'))
    try {
      const out = join(folder, 'pack.zip')
      const order = packOrder({ notice: notice.reference.toLowerCase(), customer: 'c-0003', out })
      expect(order?.asked).to.deep.equal({ kind: 'part', notice: notice.reference, customer: 'C-0003' })
      expect(packOrder({})).to.equal(null)
      expect(packOrder({ notice: 'CN-1', lang: 'de' })).to.equal(null)
      expect(packOrder({ customer: 'C-1' })?.asked).to.deep.equal({ kind: 'customer', customer: 'C-1' })
      const { bytes } = await packFile(house.officer(), order!, 'Europe/Copenhagen')
      expect(bytes).to.be.greaterThan(10_000)
      const { result, words } = await packChecked(out)
      expect(result).to.deep.include({ whole: true, findings: [] })
      expect(words).to.contain('The pack is whole')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

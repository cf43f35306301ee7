import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { checkPack } from '../../src/exports/actions.js'
import { historyOf } from '../../src/audit-log/actions.js'
import { draftNotice, registerDelivery, type Notice } from '../../src/notices/actions.js'
import {
  assessObjection,
  objectionsOfRecipient,
  raiseObjection,
  settleObjection,
  takeObjection,
  writeToCustomer,
} from '../../src/objections/actions.js'
import { useJourney } from '../journeys/house.js'
import { aContact, anAddition, announce, buildWorld, type World } from '../journeys/world.js'
import { signedIn, type Agent } from '../support/people.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { askForPack, jsonLines, unpacked, verified, wordsIn, writeAll, type Files } from './unpacked.js'

const letter = Buffer.from('%PDF-1.7\n%âãÏÓ\npostliste: Bakkeby, Tavs A/S, Solo ApS\n%%EOF\n')
const own = Buffer.from('%PDF-1.7\n%âãÏÓ\nvi gør indsigelse\n%%EOF\n')

describe('An evidence pack', function () {
  this.timeout(180_000)
  const house = useJourney()
  let world: World
  let notice: Notice
  let staff: Agent
  let folder: string

  /** One objects and is written about by staff, one is silent, one has only a letter; the staff's words name the others. */
  beforeEach('a notice with a story', async () => {
    folder = await mkdtemp(join(tmpdir(), 'tilsyn-pack-'))
    world = await buildWorld(house.officer(), [
      { name: 'Bakkeby Kommune', caseNumber: '26/0117', contacts: [aContact('dpo@bakkeby.example')] },
      { name: 'Tavs A/S', contacts: [aContact('dpo@tavs.example', { name: 'Tove Tavs' })] },
      { name: 'Solo ApS', contacts: [] },
    ])
    const draft = anAddition(world)
    notice = await announce(house.officer(), draft, ['otherChannel', 'laterStart'])
    await house.work()
    await house.goTo('2026-12-01')
    const at = new Date('2026-11-30T09:00:00Z')
    for (const place of [2])
      await registerDelivery(
        house.officer(),
        partId(place),
        { channel: 'letter', at },
        {
          name: 'postliste Tavs Bakkeby.pdf',
          bytes: letter,
        },
      )
    await object()
    staff = (await signedIn(house, 'officer', 'en')).agent
  })
  afterEach('clean up', () => rm(folder, { recursive: true, force: true }))

  const partId = (place: number) => `${notice._id}/${world.customers[place]!._id}`

  async function object(): Promise<void> {
    const contact = world.customers[0]!.contacts[0]!
    const officer = house.officer()
    await raiseObjection(house.context({ kind: 'customer', id: contact.id }), partId(0), {
      by: { kind: 'contact', id: contact.id, name: contact.name },
      channel: 'page',
      receivedAt: house.now(),
      receivedOn: house.today(),
      reasons: 'Vi vil vide, hvem der har adgang.',
      files: [{ name: 'indsigelse.pdf', bytes: own }],
    })
    const { reference } = (await objectionsOfRecipient(partId(0)))[0]!
    await takeObjection(officer, reference, officer.actor.id)
    await assessObjection(officer, reference, {
      owner: officer.actor.id,
      answerBy: '2026-12-10',
      assessment: 'Samme svar som Tavs A/S fik i foråret.',
    })
    const [objection] = await objectionsOfRecipient(partId(0))
    const by = { id: officer.actor.id, name: 'Anders Vester' }
    await writeToCustomer(officer, objection!, {
      by,
      direction: 'internal',
      text: 'Tove Tavs ringede også: intern note.',
    })
    await writeToCustomer(officer, objection!, {
      by,
      direction: 'to-customer',
      text: 'Kun to navngivne har adgang.',
    })
    await settleObjection(officer, reference, {
      outcome: 'termination-offered',
      note: 'Vi kan desværre ikke imødekomme det.',
      endsOn: null,
      files: [{ name: 'notat om Tavs.pdf', bytes: letter }],
    })
    await house.work()
  }

  const base = () => `/notices/${notice.reference}`
  const customerUrl = (place: number) => `${base()}/recipients/${world.customers[place]!.reference}`

  async function packOf(page: string, agent = staff): Promise<Files> {
    const answer = await askForPack(agent, page, `${page}/evidence`)
    expect(answer.status, page).to.equal(200)
    expect(answer.headers['content-type']).to.equal('application/zip')
    expect(answer.headers['content-disposition']).to.match(/attachment; filename="?tilsyn-evidence-.*\.zip/)
    await writeFile(join(folder, 'pack.zip'), answer.body as Buffer)
    return unpacked(answer.body as Buffer)
  }

  it('of a notice holds the texts as sent, who was told when, objections, files and the log, and can be checked without Tilsyn', async () => {
    const files = await packOf(base())
    const first = `notices/${notice.reference}/customers/${world.customers[0]!.reference}`
    const mail = files.get(`${first}/mails/01-notice-announcement.txt`)?.toString('utf8') ?? ''
    expect(mail).to.contain('Sikkerkopi ApS')
    expect(wordsIn(files), 'no live link').to.not.match(/tilsyn\.test\/l\//)
    expect(mail).to.contain('https://link.tilsyn.invalid/')
    const delivery = files.get('delivery.csv')?.toString('utf8') ?? ''
    expect(delivery)
      .to.contain('dpo@bakkeby.example')
      .and.to.contain('127.0.0.1')
      .and.to.contain(';accepted;')
    const rows = files.get('customers.csv')?.toString('utf8').trim().split('\r\n') ?? []
    expect(rows).to.have.length(4)
    expect(rows.find((row) => row.includes('Solo ApS'))).to.contain(';letter;2026-11-30;')
    const names = [...files.keys()]
    expect(names.filter((name) => name.endsWith('postliste Tavs Bakkeby.pdf'))).to.have.length(1)
    expect(names.some((name) => /papers\/notice-202\d-\d\d-\d\d-da-1\.pdf$/.test(name))).to.equal(true)
    expect(names.some((name) => /papers\/.*\.ics$/.test(name))).to.equal(true)
    expect(wordsIn(files)).to.contain('intern note').and.to.contain('Samme svar som Tavs')
    const manifest = JSON.parse(files.get('manifest.json')!.toString('utf8')) as Record<string, unknown>
    expect(manifest).to.deep.include({
      format: 'tilsyn-evidence-1',
      audience: 'house',
      about: { notice: notice.reference, customer: null },
    })
    const entries = jsonLines(files.get('log/entries.jsonl'))
    expect(entries.map(({ entry }) => (entry as { event: string }).event)).to.include.members([
      'notice.issued',
      'recipient.delivered',
      'recipient.delivery-registered',
      'objection.settled',
      'objection.noted',
    ])
    await writeAll(files, join(folder, 'open'))
    const check = await verified(join(folder, 'open'))
    expect(check.said)
      .to.contain('The pack is whole')
      .and.to.match(/manifest: [0-9a-f]{64}/)
    expect(await checkPack(join(folder, 'pack.zip'), { live: true })).to.deep.include({
      whole: true,
      againstLog: true,
      findings: [],
    })
  })

  it('says in its index what happened day by day, how the dates were reckoned and what the server answered', async () => {
    const files = await packOf(customerUrl(0))
    await expectSoundPdf(files.get('index.pdf')!, { name: 'pack', locale: 'en' })
    const words = await wordsOfPdf(files.get('index.pdf')!)
    for (const part of [
      'Bakkeby Kommune',
      'Notice arrived',
      'Last day',
      'not part of the period',
      'dpo@bakkeby.example',
      '250 ',
      'Vi vil vide, hvem der har adgang.',
      'Vi kan desværre ikke imødekomme det.',
      'node verify-pack.mjs',
    ])
      expect(words, part).to.contain(part)
    expect(words).to.not.contain('{{').and.to.not.contain('exports:')
  })

  it('for one customer names no other, whatever staff wrote down where', async () => {
    for (const [place, others] of [
      [0, /Tavs|Solo|Tove|dpo@tavs/],
      [1, /Bakkeby|Solo|Åse|intern note|indsigelse\.pdf/],
      [2, /Bakkeby|Tavs|Tove|dpo@/],
    ] as const)
      for (const page of [customerUrl(place), `/customers/${world.customers[place]!.reference}`]) {
        const files = await packOf(page)
        const pdf = await wordsOfPdf(files.get('index.pdf')!)
        const readable = wordsIn(files)
        // Our own vendor's contact is on every paper, and so is our own officer.
        const ours = /dpo@(leverandoer|nordvang)\.example/g
        for (const [path, bytes] of files) {
          const found = new RegExp(`.{0,80}(?:${others.source}).{0,40}`, 'u')
          const text = `${path}\n${bytes.toString('utf8')}`.replace(ours, '')
          expect(found.exec(text)?.[0], `${page}: ${path}`).to.equal(undefined)
        }
        expect(pdf.replaceAll('dpo@leverandoer.example', ''), page).to.not.match(others)
        for (const stranger of world.customers.filter((_, other) => other !== place)) {
          expect(readable, page).to.not.contain(stranger._id)
          expect(readable, page).to.not.contain(stranger.reference)
        }
        await rm(join(folder, 'open'), { recursive: true, force: true })
        await writeAll(files, join(folder, 'open'))
        expect((await verified(join(folder, 'open'))).said).to.contain('The pack is whole')
        expect((await checkPack(join(folder, 'pack.zip'), { live: true })).findings).to.deep.equal([])
      }
  })

  it('shows a customer’s own words and files, and of staff’s files the hashes only', async () => {
    const files = await packOf(customerUrl(0))
    const words = wordsIn(files)
    expect(words)
      .to.contain('Vi vil vide, hvem der har adgang.')
      .and.to.contain('Kun to navngivne har adgang.')
    expect([...files.keys()].some((name) => name.endsWith('indsigelse.pdf'))).to.equal(true)
    expect([...files.keys()].some((name) => name.includes('notat'))).to.equal(false)
    expect(await wordsOfPdf(files.get('index.pdf')!)).to.contain('Files that are not in this pack')
    const hidden = jsonLines(files.get('log/entries.jsonl')).filter(({ entry }) => entry === null)
    expect(hidden.length, 'what is ours stands as a hash').to.be.greaterThan(1)
  })

  it('is fetched by the customer itself on its page: its own, and no other customer’s', async () => {
    const { agent, page } = await house.open('dpo@bakkeby.example')
    const files = await packOf(`${page}/notices/${notice.reference}`, agent)
    expect(wordsIn(files))
      .to.contain('Bakkeby Kommune')
      .and.to.not.match(/Tavs|Solo/)
    expect(wordsIn(await packOf(page, agent))).to.not.match(/Tavs|Solo/)
    const foreign = await askForPack(agent, page, `${page}/notices/CN-2026-999/evidence`)
    expect(foreign.status).to.equal(404)
    const asStaff = await askForPack(agent, page, `${base()}/evidence`)
    expect(asStaff.status, 'the token of a customer page opens nothing of staff').to.equal(403)
  })

  it('is in the log with who made it, when, and the hash of its manifest', async () => {
    const files = await packOf(customerUrl(0))
    const history = await historyOf('recipient', partId(0))
    expect(history.filter(({ event }) => event === 'evidence.begun')).to.have.length(1)
    const made = history.find(({ event }) => event === 'evidence.made')
    expect(made?.by.kind).to.equal('staff')
    expect(made?.facts['manifest']).to.equal(
      createHash('sha256').update(files.get('manifest.json')!).digest('hex'),
    )
  })

  it('that was tampered with is found out, by Tilsyn and by the second program', async () => {
    const good = await packOf(customerUrl(0))
    const mail = [...good.keys()].find((path) => path.endsWith('.txt') && path.includes('/mails/'))!
    const log = good.get('log/entries.jsonl')!.toString('utf8')
    const { manifest } = { manifest: JSON.parse(good.get('manifest.json')!.toString('utf8')) as Manifest }
    /** As a forger would who knows of the manifest. */
    const withManifest = (changes: Files): Files => {
      const all = new Map([...good, ...changes])
      const files = manifest.files.map((file) => ({ ...file, ...measured(all.get(file.path)!) }))
      return new Map([...all, ['manifest.json', Buffer.from(JSON.stringify({ ...manifest, files }))]])
    }
    const entryChanged = new Map([
      ['log/entries.jsonl', Buffer.from(log.replace('recipient.delivered', 'recipient.deliverex'))],
    ])
    const mailChanged = new Map([[mail, Buffer.concat([good.get(mail)!, Buffer.from('.')])]])
    const missing = new Map(good)
    missing.delete(mail)
    const tampered: [string, Files, RegExp][] = [
      ['a byte in a mail', new Map([...good, ...mailChanged]), /changed/],
      ['a byte in a mail, and the manifest to match', withManifest(mailChanged), /mail .*: changed/],
      ['a log entry', new Map([...good, ...entryChanged]), /log entry \d+: changed/],
      ['a log entry, and the manifest to match', withManifest(entryChanged), /log entry \d+: changed/],
      ['a file that is missing', missing, /missing/],
      [
        'a file that was added',
        new Map([...good, ['notices/more.txt', Buffer.from('x')]]),
        /not in the manifest/,
      ],
      [
        'a log entry that is gone',
        withManifest(new Map([['log/entries.jsonl', Buffer.from(log.slice(log.indexOf('\n') + 1))]])),
        /not as many entries/,
      ],
      [
        'a chain that is cut',
        withManifest(
          new Map([
            [
              'log/chain.txt',
              Buffer.from(
                good
                  .get('log/chain.txt')!
                  .toString('utf8')
                  .replace(/\n[0-9a-f]{64}\n$/, '\n'),
              ),
            ],
          ]),
        ),
        /anchor/,
      ],
    ]
    for (const [what, files, said] of tampered) {
      const open = join(folder, what.replaceAll(/\W/g, '-'))
      await writeAll(files, open)
      const check = await verified(open)
      expect(check.whole, what).to.equal(false)
      expect(check.said, what).to.match(said)
      const zip = `${open}.zip`
      await writeFile(zip, zipSync(Object.fromEntries(files)))
      expect((await checkPack(zip, { live: true })).whole, what).to.equal(false)
    }
  })

  it('is made by those who may, of what has been sent', async () => {
    for (const role of ['administrator', 'officer', 'dpo', 'auditor'] as const) {
      const { agent } = await signedIn(house, role)
      const { text } = await agent.get(base())
      expect(text, role).to.contain(`action="${base()}/evidence"`)
    }
    const draft = await draftNotice(house.officer(), anAddition(world))
    const answer = await askForPack(staff, base(), `/notices/${draft.reference}/evidence`)
    expect(answer.status).to.equal(409)
  })
})

type Manifest = { files: { path: string; size: number; sha256: string }[] }

function measured(bytes: Buffer): { size: number; sha256: string } {
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

async function wordsOfPdf(bytes: Buffer): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const pages: string[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const content = await (await pdf.getPage(number)).getTextContent()
    pages.push(content.items.map((item) => ('str' in item ? item.str : '')).join(' '))
  }
  await pdf.destroy()
  return pages.join(' ').replace(/\s+/g, ' ')
}

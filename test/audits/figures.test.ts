import { expect } from 'chai'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginAudit } from '../../src/audits/actions/begin.js'
import { evidencePath, figuresAsked, figuresOfYear, itemsOfFigure } from '../../src/audits/actions/figures.js'
import { figuresIn } from '../../src/audits/page/figures.js'
import type { Audit } from '../../src/audits/rules/audit.js'
import { checkPack } from '../../src/exports/actions.js'
import { packAreas, type PackArea } from '../../src/exports/rules.js'
import { textIn } from '../../src/i18n/texts.js'
import type { Notice } from '../../src/notices/rules.js'
import { useTimers } from '../notices/timers.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'
import { jsonLines, unpacked, verified, wordsIn, writeAll, type Files } from '../exports/unpacked.js'
import { signedIn, type Agent } from '../support/people.js'
import { expectSoundPdf } from '../support/sound-pdf.js'
import { visit } from '../support/visit.js'

const period = { from: '2026-01-01', to: '2026-12-31' }
const swiss = { country: 'CH', basis: 'adequacy' as const }

describe('The figures of a year', function () {
  this.timeout(120_000)
  const { tilsyn, mailbox, deliver, permitDue } = useTimers()
  let notice: Notice
  let dpo: Agent
  let audit: Audit

  /** Two customers are told, one at its second contact; one is not reached. Both become permitted. The third has left no address. */
  beforeEach('a year with a notice', async () => {
    const world = await aWorld(tilsyn, { storageCountries: ['CH'], transfers: [swiss] })
    mailbox.clear()
    for (const lost of ['lost@solo.example', 'first@aaby.example']) mailbox.refuse(lost, 550)
    const anyValid = { transferInstruction: { kind: 'any-valid' as const, countries: [] } }
    await customersOf(tilsyn, world, [
      { name: 'Åby Skole', emails: ['first@aaby.example', 'dpo@aaby.example'], agreement: anyValid },
      { name: 'Øst A/S', emails: ['dpo@oest.example'], agreement: anyValid },
      { name: 'Solo ApS', emails: ['lost@solo.example'], agreement: anyValid },
    ])
    notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    await deliver()
    tilsyn.moveTo('2026-12-30')
    await permitDue()
    const lead = await signedIn(tilsyn, 'dpo', 'da')
    dpo = lead.agent
    audit = await beginAudit(tilsyn.context(), { year: 2026, period, lead: lead.person._id })
  })

  const counted = async () =>
    new Map(
      figuresIn(await figuresOfYear(tilsyn.context(), 2026, period)).map((figure) => [figure.key, figure]),
    )

  it('say who was told with the whole notice kept, of what list, on which bases, and where each number comes from', async () => {
    const figures = await counted()
    const said = Object.fromEntries([...figures].map(([key, { value, of }]) => [key, [value, of]]))
    expect(said).to.deep.include({
      'sub-processors.start': [0, null],
      'sub-processors.added': [2, null],
      'sub-processors.end': [2, null],
      'notices.issued': [1, null],
      'notices.line-addition': [1, null],
      'notices.customers': [3, null],
      'notices.told': [2, 3],
      'notices.untold': [1, 3],
      'notices.bounced': [2, 3],
      'notices.put-right': [1, 2],
      'notices.permitted': [2, 3],
      'notices.kept': [2, 2],
      'notices.short': [0, 2],
      'notices.consent': [0, 2],
      'transfers.end': [1, null],
      'transfers.lawful': [1, 1],
      'transfers.instructed': [1, 1],
    })
    // Told on Monday 23 November with a day's slack printed: 28 December is the last day, and use from the 29th.
    expect(figures.get('notices.shortest')).to.include({ value: 35, unit: 'days' })
    expect(figures.get('notices.issued')!.made.ids).to.deep.equal([notice.reference])
    expect(figures.get('notices.kept')!.made, 'no customer by name or number').to.include({
      count: 2,
      ids: null,
    })
    for (const [key, { evidence }] of figures) {
      expect(evidence).to.equal(evidencePath(2026, key))
      for (const locale of ['da', 'en'] as const)
        for (const text of [key, `sentence.${key}`])
          expect(textIn(locale)(`audit-figures:${text}`, { count: 2, value: '2', of: '3' }), text)
            .to.not.contain(key)
            .and.to.not.contain('{{')
    }
  })

  it('are the same when counted twice, and each lists as many as it counted', async () => {
    const [once, twice] = [await counted(), await counted()]
    expect([...twice.values()]).to.deep.equal([...once.values()])
    for (const { key, made } of once.values()) {
      const { items } = await itemsOfFigure(tilsyn.context(), audit, key, '')
      expect(items.length, key).to.equal(made.count)
    }
  })

  it('are counted anew for a page as soon as anything has happened, and only then', async () => {
    const first = await figuresAsked(tilsyn.context(), audit)
    expect(await figuresAsked(tilsyn.context(), audit)).to.equal(first)
    await anIssued(tilsyn, aDraft((await aWorld(tilsyn)).planned, { plannedStart: '2027-05-01' }))
    const second = figuresIn(await figuresAsked(tilsyn.context(), audit))
    expect(second.find(({ key }) => key === 'notices.issued')?.value).to.equal(2)
  })

  it('stand on a page in both languages, and lead to the records and their log', async () => {
    const below = `/audits/${audit.reference}`
    const { text } = await visit(dpo, `${below}/figures`)
    expect(text).to.contain('Hele varslet overholdt').and.to.contain('2 af 2')
    const sections = new Map([...(await counted()).keys()].map((key) => [key.split('.')[0], key]))
    for (const key of sections.values()) await visit(dpo, `${below}/figures/${key}`)
    const one = await visit(dpo, `${below}/figures/notices.kept`)
    expect(one.text).to.contain('Hele varslet blev overholdt for 2 af 2.')
    const page = await dpo.get(`${below}/figures/notices.kept`)
    expect(page.text)
      .to.contain(`href="/notices/${notice.reference}/recipients/C-0001"`)
      .and.to.match(/href="\/log\?kind=recipient&amp;about=/)
    await visit(dpo, `${below}/figures/notices.nonsense`, 404)
    await visit(dpo, `${below}/papers/constructor`, 404)
    await visit((await signedIn(tilsyn, 'auditor', 'en')).agent, `${below}/figures`)
  })

  describe('as an auditor’s packs', () => {
    let folder: string
    beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tilsyn-area-'))))
    afterEach(() => rm(folder, { recursive: true, force: true }))

    async function packOf(agent: Agent, area: PackArea, fields: Record<string, string> = {}): Promise<Files> {
      const page = `/audits/${audit.reference}/packs`
      const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get(page)).text)?.[1] ?? ''
      const answer = await agent
        .post(`${page}/${area}`)
        .type('form')
        .send({ _csrf: token, ...fields })
        .buffer(true)
        .parse((pieces, done) => {
          const all: Buffer[] = []
          pieces.on('data', (piece: Buffer) => all.push(piece))
          pieces.on('end', () => done(null, Buffer.concat(all)))
        })
      expect(answer.status, area).to.equal(200)
      await writeFile(join(folder, 'pack.zip'), answer.body as Buffer)
      return unpacked(answer.body as Buffer)
    }

    it('hold one control’s evidence each, name no customer unless somebody chose so, and can be checked', async () => {
      const { agent } = await signedIn(tilsyn, 'auditor', 'en')
      const names = ['Åby Skole', 'Øst A/S', 'Solo ApS', 'oest.example', 'aaby.example']
      const expected: Record<PackArea, string[]> = {
        'E.2': ['register-end.csv', 'sites.csv', 'approvals.csv'],
        'F.1': ['register-end.csv', 'contracts.csv'],
        'F.2': ['register-start.csv', 'approvals.csv', 'unpermitted-use-list.csv'],
        'F.3': ['notices.csv', 'recipients.csv', 'objections.csv', `notices/${notice.reference}/notice.json`],
        'F.4': ['contracts.csv'],
        'F.5': ['register-start.csv', 'register-end.csv'],
        'F.6': ['questionnaires-list.csv', 'statements-read-list.csv', 'findings-open-list.csv'],
        'G.1': ['transfers.csv', 'contracts.csv'],
        'G.2': ['transfers.csv', 'transfers-by-basis.csv'],
        'G.3': ['transfers.csv'],
      }
      for (const area of packAreas) {
        const files = await packOf(agent, area)
        expect([...files.keys()], area).to.include.members([
          ...expected[area],
          'index.pdf',
          'figures.json',
          'control.json',
        ])
        expect(await checkPack(join(folder, 'pack.zip'), { live: true }), area).to.deep.include({
          whole: true,
          findings: [],
        })
        const words = wordsIn(files)
        for (const name of names) expect(words.includes(name), `${area}: ${name}`).to.equal(false)
      }
      const files = await packOf(agent, 'F.3', { named: 'yes' })
      expect(wordsIn(files)).to.contain('Åby Skole').and.to.contain('dpo@oest.example')
      await expectSoundPdf(files.get('index.pdf')!, { name: 'control-pack', locale: 'en' })
      await writeAll(files, join(folder, 'out'))
      expect(await verified(join(folder, 'out'))).to.include({ whole: true })
      expect(files.get('recipients.csv')?.toString()).to.contain('C-0001').and.to.contain('2026-12-29')
      expect(jsonLines(files.get('log/entries.jsonl')).length).to.be.greaterThan(5)
    })
  })
})

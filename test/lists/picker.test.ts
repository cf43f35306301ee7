import { expect } from 'chai'
import { pickIn, pickersFor, withPicks, type PickSource } from '../../src/lists/picker.js'
import { givenIn, meant, pickText, referenceIn, withValue, type Pickable } from '../../src/lists/picking.js'
import { addCustomers } from '../../src/customers/actions.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { createEngagement, createVendor, engagementByReference, listOn } from '../../src/register/actions.js'
import { engagementInput, vendorInput } from '../register/builders.js'
import { useApp } from '../support/app.js'
import { overflows, phone, useBrowser, violations } from '../support/browser.js'
import { signedIn, submit, type Agent } from '../support/people.js'
import { inspect, visit } from '../support/visit.js'

const one: Pickable = { value: 'a', reference: 'E-0001', name: 'Nordsky A/S', detail: 'hosting' }
const other: Pickable = { value: 'b', reference: 'E-0002', name: 'Nordsky Drift A/S', detail: 'drift' }

function sourceOf(all: readonly Pickable[]): PickSource {
  return {
    url: '/choices/some',
    find: async (words, most) =>
      all
        .filter(({ name }) => name.toLowerCase().includes(words.toLowerCase().replaceAll(/\s+/g, ' ')))
        .slice(0, most),
    exact: async (asked) =>
      all.find(({ value, reference }) => value === asked || reference === asked) ?? null,
  }
}
const many = Array.from({ length: 40 }, (_, n): Pickable => {
  const reference = `E-${String(n + 10).padStart(4, '0')}`
  return { value: `id-${n}`, reference, name: `Mange ${n}`, detail: 'support' }
})
const source = sourceOf([one, other, ...many])
const box = [{ field: 'lines.0.engagement', source }]
const typed = (value: unknown) => ({ lines: [{ kind: 'addition', engagement: value }] })

describe('What is typed to choose one of many', () => {
  const cases: [title: string, given: unknown, value: string | null, problem: string | null][] = [
    ['a reference', 'E-0002', 'b', null],
    ['a reference in small letters', ' e-0002 ', 'b', null],
    ['what the box showed when it was chosen', 'Nordsky A/S: hosting (E-0001)', 'a', null],
    ['a value as a select sends it', 'b', 'b', null],
    ['a part of a name that only one has', 'drift', 'b', null],
    ['the whole name of one that others begin with', 'nordsky  a/s', 'a', null],
    ['a name that several have', 'nordsky', null, 'pick-several'],
    ['a name that very many have', 'mange', null, 'pick-many'],
    ['a name nobody has', 'sydsky', null, 'pick-none'],
    ['a reference that is not there', 'E-9999', null, 'pick-none'],
    ['one of those offered', ['nordsky', 'nordsky', 'b'], 'b', null],
    ['something else than what those were offered for', ['drift', 'nordsky', 'a'], 'b', null],
    ['none of those offered', ['nordsky', 'nordsky'], null, 'pick-several'],
    ['nothing', '', '', null],
  ]
  for (const [title, given, value, problem] of cases)
    it(`is understood: ${title}`, async () => {
      const picks = await pickIn(typed(given), box)
      const [line] = picks.body['lines'] as { engagement: unknown; kind: string }[]
      expect(picks.problems.map(({ text }) => text)).to.deep.equal(problem === null ? [] : [problem])
      if (value !== null) expect(line?.engagement ?? '').to.equal(value)
      expect(line?.kind, 'nothing else is touched').to.equal('addition')
    })

  it('stands first among the problems, and hides what follows from it', () => {
    const problems = [{ field: 'a', text: 'pick-none' }]
    const read = {
      problems: [
        { field: 'a', text: 'required' },
        { field: 'b', text: 'required' },
      ],
    }
    expect(withPicks(read, { problems }).problems).to.deep.equal([
      { field: 'a', text: 'pick-none' },
      { field: 'b', text: 'required' },
    ])
    expect(withPicks({ input: 1 }, { problems }).problems).to.deep.equal(problems)
    expect(withPicks({ input: 1 }, { problems: [] }).input).to.equal(1)
  })

  it('shows a select of few, with what is stored though it is offered no more, and a box of many', async () => {
    const few = { ...sourceOf([one]), exact: async () => other }
    const shown = await pickersFor([
      { field: 'few', source: few, stored: 'b' },
      { field: 'many', source, stored: 'a' },
    ])
    expect(shown['few']?.options?.map(({ value }) => value)).to.deep.equal(['b', 'a'])
    expect(shown['many']).to.include({ options: null, value: 'a', text: 'Nordsky A/S: hosting (E-0001)' })
  })

  it('is read and shown by these', () => {
    expect(referenceIn('Nordsky (DK) A/S (E-0001)')).to.equal('E-0001')
    expect(referenceIn('Nordsky (DK)')).to.equal(null)
    expect(referenceIn('CN-2026-001')).to.equal('CN-2026-001')
    expect(givenIn(undefined)).to.deep.equal({ typed: '', offeredFor: null, chosen: '' })
    expect(meant('x', [])).to.equal(null)
    expect(pickText({ ...one, detail: 'x'.repeat(200) }).length).to.be.lessThan(110)
    const body = { lines: [{ engagement: 'x' }] }
    expect(withValue(body, 'lines.0.engagement', 'y')).to.deep.equal({ lines: [{ engagement: 'y' }] })
    expect(body.lines[0]?.engagement, 'what was handed over').to.equal('x')
  })
})

describe('A form that chooses one of many', function () {
  this.timeout(120_000)
  const tilsyn = useApp()
  const browser = useBrowser(tilsyn)
  let officer: Agent
  beforeEach(async () => {
    officer = (await signedIn(tilsyn)).agent
  })

  async function vendors(count: number, ...names: string[]) {
    for (const name of [...Array.from({ length: count }, (_, n) => `Leverandør ${n}`), ...names])
      await createEngagement(tilsyn.context(), {
        ...engagementInput(),
        vendor: (await createVendor(tilsyn.context(), vendorInput({ name })))._id,
      })
  }

  it('keeps a plain select while there are few', async () => {
    await vendors(2)
    const page = await visit(officer, '/engagements/new')
    expect(page.html).to.match(/<select[^>]*name="vendor"/)
  })

  it('takes a name that only one has, and keeps all that was typed where several fit', async () => {
    await vendors(31, 'Ærø Hosting A/S', 'Ærø Backup A/S')
    const page = await visit(officer, '/engagements/E-0001/edit')
    expect(page.html.length, 'no select of thousands').to.be.lessThan(120_000)
    expect(page.html).to.match(/<input type="text"[^>]*name="parent"/)
    const fields = {
      version: '1',
      role: 'sub-processor',
      'activity[da]': 'Drift, ny tekst',
      'activity[en]': 'Operation',
      contractTemplate: 'none',
      noticeUnit: 'days',
      because: 'x',
    }
    const several = await submit(officer, '/engagements/E-0001/edit', { ...fields, parent: 'aeroe' })
    const again = inspect(several.text, several.status)
    expect(several.status).to.equal(422)
    expect(again.text).to.contain('2 match “aeroe”').and.contain('Which one do you mean by “aeroe”?')
    expect(again.html)
      .to.contain('Drift, ny tekst')
      .and.match(/type="radio"[^>]*name="parent"/)
    const taken = await submit(officer, '/engagements/E-0001/edit', { ...fields, parent: 'aeroe backup' })
    expect(taken.status).to.equal(303)
    const { parent } = (await engagementByReference('E-0001'))!
    expect(parent).to.equal((await engagementByReference('E-0033'))!._id)
    const stored = await visit(officer, '/engagements/E-0001/edit')
    expect(stored.text).to.match(/Chosen: Ærø Backup A\/S: .*\(E-0033\)/)
  })

  it('asks for the first twenty, by name, number, activity and reference, "ae" for "æ"', async () => {
    await vendors(25, 'Ærø Hosting A/S')
    const found = async (q: string, path = '/choices/engagements') =>
      (await officer.get(`${path}?q=${encodeURIComponent(q)}`)).body as {
        choices: { text: string; reference: string }[]
        said: string
      }
    expect((await found('')).choices).to.have.length(20)
    expect((await found('')).said).to.equal('The first 20 are shown. Type more to come closer.')
    expect((await found('aeroe')).choices.map(({ reference }) => reference)).to.deep.equal(['E-0026'])
    expect((await found('E-0026')).choices).to.have.length(1)
    expect((await found('zzz')).said).to.contain('Nothing matches')
    expect((await found('aero', '/choices/vendors')).choices[0]?.text).to.equal('Ærø Hosting A/S (V-0026)')
    const auditor = (await signedIn(tilsyn, 'auditor')).agent
    expect((await auditor.get('/choices/notice-lines')).status).to.equal(403)
  })

  it('names those on the list at signing one by one where there are too many to tick, or takes all', async () => {
    await vendors(31)
    const [one, two] = await addCustomers(
      tilsyn.context(),
      ['Aalborg Kommune', 'Ærø Kommune'].map((name) => ({
        name,
        isProcessor: false,
        from: '2025-01-01',
        services: [],
        contacts: [],
        agreement: { ...ordinaryAgreement, signedOn: '2025-01-01' },
      })),
    )
    const url = '/register/baseline?customer=C-0001'
    const page = await visit(officer, url)
    expect(page.text).to.contain('All 31 running sub-processors').and.contain('Sub-processor 5')
    expect(page.html).not.to.contain('type="checkbox"')
    const fields = { which: 'named', dated: 'signed', 'named[0][engagement]': 'E-0004' }
    const unclear = await submit(officer, url, { ...fields, 'named[1][engagement]': 'leverandør' })
    expect(unclear.status).to.equal(422)
    expect(inspect(unclear.text, 422).text).to.contain('Which one do you mean by “leverandør”?')
    const more = await submit(officer, url, { ...fields, add: 'named' })
    expect(inspect(more.text, 200).text).to.contain('Sub-processor 10').and.contain('(E-0004)')
    const none = await submit(officer, url, { which: 'named', dated: 'signed' })
    expect(inspect(none.text, 422).text).to.contain('at least one')
    const taken = await submit(officer, url, { ...fields, 'named[1][engagement]': 'leverandør 30' })
    expect(taken.status).to.equal(303)
    expect(await listOn(one!._id, '2025-06-01')).to.have.length(2)
    const whole = { which: 'all', dated: 'signed' }
    expect((await submit(officer, '/register/baseline?customer=C-0002', whole)).status).to.equal(303)
    expect(await listOn(two!._id, '2025-06-01'), 'those that customers have approved').to.have.length(2)
  })

  it('is a combobox in a browser: by keyboard, read aloud, and gone with Escape', async function () {
    this.timeout(120_000)
    await vendors(31, 'Ærø Hosting A/S', 'Ærø Backup A/S')
    const { person } = await signedIn(tilsyn)
    const page = await browser.open({ as: person, viewport: phone })
    await page.goto('/engagements/new')
    const combobox = page.getByRole('combobox')
    await combobox.pressSequentially('aero')
    await page.getByRole('option').nth(1).waitFor()
    expect(await page.getByRole('option').count()).to.equal(2)
    expect(await page.locator('.pick [role="status"]').textContent()).to.contain('2 matches')
    expect(await combobox.getAttribute('aria-expanded')).to.equal('true')
    expect(await violations(page)).to.deep.equal([])
    expect(await overflows(page)).to.equal(false)
    await combobox.press('ArrowDown')
    await combobox.press('ArrowDown')
    const active = await combobox.getAttribute('aria-activedescendant')
    expect(await page.locator(`#${active}`).textContent()).to.contain('Ærø Hosting A/S')
    await combobox.press('Enter')
    expect(await combobox.inputValue()).to.equal('Ærø Hosting A/S (V-0032)')
    expect(await page.getByRole('listbox').isVisible()).to.equal(false)
    expect(await page.locator('.picked').textContent()).to.equal('Chosen: Ærø Hosting A/S (V-0032)')
    expect(await violations(page)).to.deep.equal([])
    await combobox.press('ArrowDown')
    await page.getByRole('option').first().waitFor()
    await combobox.press('Escape')
    expect(await page.getByRole('listbox').isVisible()).to.equal(false)
    await combobox.press('Enter')
    await page.waitForURL(/vendor=/)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).to.contain('Ærø Hosting A/S')
  })
})

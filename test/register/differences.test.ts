import { expect } from 'chai'
import { differenceRows } from '../../src/register/page.js'
import {
  differencesBetween,
  listStates,
  stateHeldOn,
  type Approval,
  type Difference,
  type EngagementContent,
  type Listed,
  type ListedPart,
} from '../../src/register/rules.js'

const content: EngagementContent = {
  vendor: 'v1',
  vendorName: 'Datto, Inc.',
  registration: { kind: 'other', number: '4375361' },
  address: '101 Merritt 7, Norwalk, CT',
  country: 'US',
  contact: { name: 'Dana Reed', email: 'privacy@datto.example' },
  role: 'sub-processor',
  services: ['s1'],
  activity: { da: 'Backup af servere', en: 'Backup of servers' },
  dataCategories: ['ordinary'],
  subjects: ['customers'],
  storageCountries: ['DK'],
  accessCountries: ['DK', 'US'],
  places: [{ kind: 'data-centre', address: 'Åvej 1, 5000 Odense C', country: 'DK' }],
  transfers: [{ country: 'US', basis: 'scc-2021', module: 2 }],
  parent: null,
}

function row(changes: Partial<EngagementContent> = {}, more: Partial<Listed> = {}): Listed {
  return {
    engagement: 'e1',
    reference: 'E-0001',
    content: { ...content, ...changes },
    approvedFrom: '2024-01-01',
    kind: 'baseline',
    notice: null,
    ...more,
  }
}

const known = {
  services: [
    {
      _id: 's1',
      reference: 'S-01',
      name: { da: 'Telefoni', en: 'Telephony' },
      order: 1,
      endedOn: null,
      sample: false,
      version: 1,
      moves: [],
    } as never,
  ],
  vendors: new Map([['e9', 'Curanet A/S']]),
}

const said = (differences: Difference[], locale: 'da' | 'en' = 'en') =>
  differenceRows(differences, known, locale).flatMap((each) =>
    each.more.length > 0 ? each.more : [each.said],
  )

describe('What changed between two lists', () => {
  const cases: [string, Partial<EngagementContent>, ListedPart[], string[]][] = [
    ['nothing', {}, [], []],
    ['a new name', { vendorName: 'Kaseya' }, ['name'], ['Name: before “Datto, Inc.”, now “Kaseya”.']],
    [
      'another number',
      { registration: { kind: 'CVR', number: '29412006' } },
      ['registration'],
      ['Registration number: before 4375361, now CVR 29412006.'],
    ],
    ['blanks in the number', { registration: { kind: 'other', number: ' 4375361 ' } }, [], []],
    [
      'a moved office',
      { address: 'Brickell Avenue 701, Miami, FL' },
      ['address'],
      [
        'Address: before 101 Merritt 7, Norwalk, CT, United States, now Brickell Avenue 701, Miami, FL, United States.',
      ],
    ],
    [
      'a contact that left',
      { contact: null },
      ['contact'],
      ['Contact person: before Dana Reed, privacy@datto.example, now nothing.'],
    ],
    [
      'another activity',
      { activity: { da: 'Backup af mail', en: 'Backup of mail' } },
      ['activity'],
      ['Description of processing: before “Backup of servers”, now “Backup of mail”.'],
    ],
    [
      'a text changed in the other language only',
      { activity: { da: 'Backup af mail', en: 'Backup of servers' } },
      ['activity'],
      ['Description of processing: before “Backup af servere”, now “Backup af mail”.'],
    ],
    [
      'other countries',
      { storageCountries: ['SE'], accessCountries: ['US', 'DK', 'IN'] },
      ['storage', 'access'],
      [
        'New countries of storage: Sweden.',
        'No longer countries of storage: Denmark.',
        'New countries of access: India.',
      ],
    ],
    ['countries in another order', { accessCountries: ['US', 'DK'] }, [], []],
    [
      'a place that closed',
      { places: [] },
      ['places'],
      ['No longer places: Data centre: Åvej 1, 5000 Odense C, Denmark.'],
    ],
    [
      'another module of the clauses',
      { transfers: [{ country: 'US', basis: 'scc-2021', module: 3 }] },
      ['basis'],
      [
        'New transfer basis: United States: SCC, module 3.',
        'No longer a transfer basis: United States: SCC, module 2.',
      ],
    ],
    [
      'a later signature of the same clauses',
      { transfers: [{ country: 'US', basis: 'scc-2021', module: 2, signedOn: '2025-01-01' }] },
      [],
      [],
    ],
    [
      'a link above it in the chain',
      { parent: 'e9' },
      ['parent'],
      ['Used through: before nothing, now Curanet A/S.'],
    ],
    ['a service it no longer serves', { services: [] }, ['services'], ['No longer services: Telephony.']],
  ]
  for (const [name, changes, parts, words] of cases)
    it(`${name}: ${parts.length > 0 ? parts.join(', ') : 'no difference'}`, () => {
      const differences = differencesBetween([row()], [row(changes)])
      expect(
        differences.flatMap((each) => (each.kind === 'changed' ? each.parts : [each.kind])),
      ).to.deep.equal(parts)
      expect(said(differences)).to.deep.equal(words)
    })

  it('names what came before what went', () => {
    const other = row(
      { vendorName: 'Curanet A/S' },
      { engagement: 'e2', kind: 'no-objection', notice: 'CN-2025-001' },
    )
    const differences = differencesBetween([row()], [other])
    expect(differences.map(({ kind }) => kind)).to.deep.equal(['came', 'went'])
    expect(said(differences, 'da')).to.deep.equal([
      'Curanet A/S er kommet på listen: Backup af servere.',
      'Datto, Inc. er gået ud af listen.',
    ])
    expect(differenceRows(differences, known, 'da')[0]?.approval).to.equal('Ingen indsigelse, CN-2025-001')
  })

  it('says when the same is approved anew, for one customer and not for all together', () => {
    const anew = { approvedFrom: '2025-02-01', kind: 'approved' as const, notice: 'CN-2025-001' }
    expect(said(differencesBetween([row()], [row({}, anew)]))).to.deep.equal([
      'On the list again from 1 February 2025: Approved, CN-2025-001.',
    ])
    expect(differencesBetween([row({}, { kind: null })], [row({}, { ...anew, kind: null })])).to.deep.equal(
      [],
    )
  })
})

describe('What became of one engagement', () => {
  const earlier = row()
  const changed = row(
    { storageCountries: ['NO'] },
    { engagement: 'e1-1', reference: 'E-0002', continues: 'e1', kind: 'approved', notice: 'CN-2026-001' },
  )
  const kinds = (differences: Difference[]) => differences.map(({ kind }) => kind)

  it('is one change where the changed one took its place for the customer', () => {
    const differences = differencesBetween([earlier], [changed])
    expect(kinds(differences)).to.deep.equal(['changed'])
    expect(said(differences)).to.include('New countries of storage: Norway.')
  })

  it('is one change too where the customer has the earlier form again', () => {
    const differences = differencesBetween([changed], [earlier])
    expect(kinds(differences)).to.deep.equal(['changed'])
    expect(said(differences)).to.include('No longer countries of storage: Norway.')
  })

  it('is told of each where both stood on the list, and of all customers together, of whom some have the one and some the other', () => {
    expect(kinds(differencesBetween([earlier, changed], [earlier]))).to.deep.equal(['went'])
    const [all, others] = [changed, earlier].map((each) => ({ ...each, kind: null })) as [Listed, Listed]
    expect(kinds(differencesBetween([all], [others]))).to.deep.equal(['came', 'went'])
  })
})

describe('The states of a list', () => {
  const approval = (engagement: string, from: string, more: Partial<Approval> = {}): Approval => ({
    _id: `c1/${engagement}/${from}`,
    customer: 'c1',
    engagement,
    from,
    to: null,
    kind: 'baseline',
    notice: null,
    endedBy: null,
    ...more,
  })
  const engagements = [
    {
      _id: 'e1',
      reference: 'E-0001',
      versions: [
        { from: '2024-06-01', to: '2025-03-01', content },
        { from: '2025-03-01', to: '2026-01-01', content: { ...content, vendorName: 'Kaseya' } },
        {
          from: '2026-01-01',
          to: null,
          content: { ...content, vendorName: 'Kaseya', website: 'kaseya.example' },
        },
      ],
    },
    { _id: 'e2', reference: 'E-0002', versions: [{ from: '2025-01-01', to: null, content }] },
  ]
  const approvals = [
    approval('e1', '2024-01-01', { to: '2026-06-01', endedBy: 'CN-2026-001' }),
    approval('e2', '2026-05-01', { kind: 'no-objection', notice: 'CN-2026-001' }),
    approval('e2', '2026-08-01', { to: '2026-08-01', kind: 'consent', notice: 'CN-2026-002' }),
  ]

  it('begin at signing and follow each notice and each change a reader sees, and nothing else', () => {
    const states = listStates(approvals, engagements, '2026-12-31')
    expect(states.map(({ from, notices, rows }) => [from, notices, rows.length])).to.deep.equal([
      ['2024-01-01', [], 1],
      ['2025-03-01', [], 1],
      ['2026-05-01', ['CN-2026-001'], 2],
      ['2026-06-01', ['CN-2026-001'], 1],
    ])
  })

  it('show a name as it was, also before the register knew the vendor', () => {
    const states = listStates(approvals, engagements, '2026-12-31')
    const nameOn = (day: string) => stateHeldOn(states, day)?.rows[0]?.content.vendorName
    expect(['2023-12-31', '2024-01-01', '2025-02-28', '2025-03-01'].map(nameOn)).to.deep.equal([
      undefined,
      'Datto, Inc.',
      'Datto, Inc.',
      'Kaseya',
    ])
  })

  it('say a change of what was approved as a change, not as one that went and one that came', () => {
    const notice = 'CN-2026-007'
    const states = listStates(
      [
        approval('e1', '2025-01-01', { to: '2026-07-01', endedBy: notice }),
        approval('e1-1', '2026-07-01', { kind: 'approved', notice }),
      ],
      [
        { _id: 'e1', reference: 'E-0001', versions: [{ from: '2024-06-01', content }] },
        {
          _id: 'e1-1',
          reference: 'E-0003',
          continues: 'e1',
          versions: [{ from: '2026-05-01', content: { ...content, storageCountries: ['NO'] } }],
        },
      ],
      '2026-12-31',
    )
    expect(states.at(-1)?.differences.map(({ kind }) => kind)).to.deep.equal(['changed'])
    expect(said(states.at(-1)?.differences ?? [])).to.include('New countries of storage: Norway.')
  })

  it('do not reach past the day that is asked for', () => {
    expect(listStates(approvals, engagements, '2026-05-31')).to.have.length(3)
    expect(listStates([], engagements, '2026-05-31')).to.deep.equal([])
  })
})

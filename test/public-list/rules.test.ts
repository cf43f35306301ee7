import { expect } from 'chai'
import { SaxesParser } from 'saxes'
import { changesInWords } from '../../src/public-list/page/changes.js'
import { entryRow } from '../../src/public-list/page/entry.js'
import { feedOf } from '../../src/public-list/page/feed.js'
import { contentHash, dayIn, differencesOf, idOn, nextEdition } from '../../src/public-list/rules/editions.js'
import { entriesOf } from '../../src/public-list/rules/entries.js'
import { entriesFound } from '../../src/public-list/rules/filter.js'
import { isOver, mayBeAskedAgain, type Subscriber } from '../../src/public-list/rules/subscribers.js'
import { editionMail } from '../../src/public-list/mails.js'
import { shippedLaw } from '../../src/transfers/rules.js'
import { anEdition, anEntry, aRow } from './builders.js'

const at = { law: shippedLaw, day: '2026-11-22' }
const shown = { unnamed: new Set<string>(), addresses: false }

// EDPB opinion 22/2024: identity, what it does, where, on which basis. Never: contact persons, customers, contracts.
describe('what anyone may read of a sub-processor', () => {
  it('is its name, number, country, activity, places, basis and since when', () => {
    const [entry] = entriesOf(
      [aRow()],
      [{ _id: 's1', name: { da: 'Hosting', en: 'Hosting' } }],
      shown,
      [],
      at,
    )
    expect(Object.keys(entry ?? {}).toSorted()).to.deep.equal(Object.keys(anEntry()).toSorted())
    expect(JSON.stringify(entry)).not.to.contain('@')
    expect(entry?.since).to.equal('2024-03-01')
  })

  it('is neither name, number nor address where the house chose to leave the name out', () => {
    const row = aRow({
      content: { places: [{ kind: 'office', address: 'Havnegade 3, Nyborg', country: 'DK' }] },
    })
    const [entry] = entriesOf([row], [], { unnamed: new Set(['e1']), addresses: true }, [], at)
    const { name, registration, places } = entry ?? anEntry()
    expect({ name, registration, places }).to.deep.equal({
      name: '',
      registration: null,
      places: [{ kind: 'office', address: '', country: 'DK' }],
    })
    const [named] = entriesOf([row], [], { ...shown, addresses: true }, [], at)
    expect(named?.places[0]?.address).to.equal('Havnegade 3, Nyborg')
    expect(entriesOf([row], [], shown, [], at)[0]?.places[0]?.address).to.equal('')
  })

  it('leaves out own vendors and independent controllers (D.2)', () => {
    const rows = [
      aRow({ content: { role: 'own-vendor' } }),
      aRow({ content: { role: 'independent-controller' } }),
    ]
    expect(entriesOf(rows, [], shown, [], at)).to.deep.equal([])
  })

  it('stands in Danish order, those without name last', () => {
    const rows = ['Ørsted', 'Aabyen', 'Zebra', 'Ærø', 'Bo'].map((vendorName, at) =>
      aRow({ engagement: `e${at}`, reference: `E-000${at}`, content: { vendorName } }),
    )
    const names = entriesOf(rows, [], { ...shown, unnamed: new Set(['e4']) }, [], at).map(({ name }) => name)
    expect(names).to.deep.equal(['Zebra', 'Ærø', 'Ørsted', 'Aabyen', ''])
  })

  it('keeps the day since when, though the customer that approved it first has left', () => {
    const row = aRow({ state: 'approved', inUse: { since: null, until: null }, approvedFrom: '2025-06-01' })
    const before = [anEntry({ used: false, since: '2024-02-01' })]
    expect(entriesOf([row], [], shown, before, at)[0]?.since).to.equal('2024-02-01')
    const inUse = aRow({ inUse: { since: '2025-01-01', until: null } })
    expect(entriesOf([inUse], [], shown, before, at)[0]?.since).to.equal('2025-01-01')
  })
})

it('a transfer is never said not to be there where nobody has stated where data are', () => {
  for (const [changes, bases, none] of [
    [{ storage: [], access: [], bases: [], outside: [] }, [], false],
    [{ storage: ['DK'], access: [], bases: [], outside: [] }, [], true],
    [{ storage: ['US'], access: [], bases: [], outside: ['US'] }, ['United States: basis not stated'], false],
    [{}, ['India: SCC, module 3'], false],
  ] as const) {
    const row = entryRow(anEntry(changes as Partial<ReturnType<typeof anEntry>>), 'en')
    expect([row.bases, row.noTransfer]).to.deep.equal([bases, none])
  }
})

describe('an edition', () => {
  const at = { now: new Date('2026-11-22T10:00:00Z'), today: '2026-11-22', ofToday: [] as string[] }
  const same = { organisation: 'Nordvang Drift A/S', entries: [anEntry()], sample: false }
  const nothing = { corrected: [], asked: null }

  it('is published when the content is another, and not otherwise', () => {
    expect(nextEdition(anEdition(), same, at, nothing)).to.equal(null)
    const other = { ...same, entries: [anEntry({ storage: ['SE'] })] }
    expect(nextEdition(anEdition(), other, at, nothing)).to.include({
      _id: '2026-11-22',
      number: 2,
      corrects: null,
    })
    expect(nextEdition(null, same, at, nothing))
      .to.include({ number: 1 })
      .and.deep.include({ changes: [] })
  })

  it('has an address of its own, also the second of a day', () => {
    expect(idOn('2026-11-22', [])).to.equal('2026-11-22')
    expect(idOn('2026-11-22', ['2026-11-22', '2026-11-22-2'])).to.equal('2026-11-22-3')
    for (const [address, day] of [
      ['2026-11-22', '2026-11-22'],
      ['2026-11-22-2', '2026-11-22'],
      ['2026-11-22x', null],
      ['nothing', null],
    ] as const)
      expect(dayIn(address)).to.equal(day)
  })

  it('that puts something right says so', () => {
    const other = { ...same, entries: [anEntry({ country: 'SE' })] }
    const found = nextEdition(anEdition(), other, at, { corrected: ['E-0001', 'E-0009'], asked: null })
    expect(found?.corrects).to.deep.equal({ edition: '2026-11-20', entries: ['E-0001'], note: null })
    const asked = { edition: '2026-11-20', entries: [], note: { da: 'Forkert land.', en: 'Wrong country.' } }
    expect(nextEdition(anEdition(), same, at, { corrected: [], asked })?.corrects).to.deep.equal(asked)
  })

  it('has one hash, whatever the order of its fields, and another for other content', () => {
    const entry = anEntry()
    const turned = Object.fromEntries(Object.entries(entry).toReversed()) as typeof entry
    expect(contentHash('N', [turned])).to.equal(contentHash('N', [entry]))
    expect(contentHash('N', [anEntry({ name: 'X' })])).not.to.equal(contentHash('N', [entry]))
  })

  it('tells its differences in words', () => {
    const before = [
      anEntry(),
      anEntry({ id: 'E-0002', name: 'Bo A/S' }),
      anEntry({ id: 'E-0003', name: 'Cy A/S' }),
    ]
    const after = [
      anEntry({ storage: ['DK', 'SE'], used: true }),
      anEntry({ id: 'E-0003', named: false, name: '', registration: null }),
      anEntry({ id: 'E-0004', name: 'Dy A/S' }),
    ]
    const changes = differencesOf(before, after)
    expect(changesInWords(changes, 'en')).to.deep.equal([
      'Dy A/S was added: Running servers',
      'Bo A/S was removed: Running servers',
      'Ærø Drift ApS was changed: stored in from Denmark to Denmark, Sweden',
      'Sub-processor without name (E-0003) is no longer shown by name.',
    ])
    expect(changesInWords(changes, 'da')[2]).to.equal(
      'Ærø Drift ApS er ændret: opbevares i fra Danmark til Danmark, Sverige',
    )
  })
})

it('the list is searched by service, country and words', () => {
  const all = [
    anEntry(),
    anEntry({ id: 'E-0002', name: 'Bo A/S', access: [], storage: ['SE'], services: [] }),
  ]
  const found = (changes: object) =>
    entriesFound(all, { q: '', service: '', country: '', ...changes }).map(({ id }) => id)
  for (const [asked, ids] of [
    [{}, ['E-0001', 'E-0002']],
    [{ q: 'aeroe' }, ['E-0001']],
    [{ q: 'sverige' }, ['E-0002']],
    [{ country: 'IN' }, ['E-0001']],
    [{ service: 'Hosting' }, ['E-0001']],
    [{ service: 'Hosting', country: 'SE' }, []],
  ] as const)
    expect(found(asked)).to.deep.equal(ids)
})

describe('the feed', () => {
  it('is valid by RFC 4287: id, title, updated, author, self; each entry with its own', () => {
    const evil = anEntry({ id: 'E-0002', name: 'A & B <x>\u0001 "q"' })
    const second = anEdition({
      _id: '2026-11-22',
      number: 2,
      changes: differencesOf([anEntry()], [anEntry(), evil]),
      corrects: { edition: '2026-11-20', entries: [], note: { da: 'Æ', en: 'Wrong <b>' } },
    })
    const of = { first: anEdition(), organisation: 'N & D', locale: 'en' } as const
    const feedAt = (baseUrl: string) => feedOf([second, anEdition()], { ...of, baseUrl })
    const { elements, texts } = parsed(feedAt('https://t.example'))
    const feed = elements.filter(({ depth }) => depth === 1).map(({ name }) => name)
    for (const name of ['id', 'title', 'updated', 'author'])
      expect(feed.filter((each) => each === name)).to.have.length(1)
    const self = elements.find(({ depth, rel }) => depth === 1 && rel === 'self')
    expect(self).to.include({ name: 'link', href: 'https://t.example/sub-processors/feed.atom?lang=en' })
    // 4.2.6: an id never changes, also when the house moves; each language is a feed of its own.
    const ids = (text: string) => [...text.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id)
    const own = ids(feedAt('https://t.example'))
    expect(own).to.deep.equal(ids(feedAt('https://elsewhere.example')))
    for (const id of own)
      expect(id).to.match(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const danish = ids(feedOf([second, anEdition()], { ...of, baseUrl: 'https://t.example', locale: 'da' }))
    expect(new Set([...own, ...danish]).size).to.equal(6)
    for (const name of ['id', 'title', 'updated', 'content'])
      expect(texts[`feed/entry/${name}`]).to.have.length(2)
    expect(new Set(texts['feed/entry/id']).size).to.equal(2)
    const times = [...(texts['feed/updated'] ?? []), ...(texts['feed/entry/updated'] ?? [])]
    for (const time of times) expect(time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/)
    // Markup within the content is text once more escaped, so that no reader runs what a vendor is called.
    expect(texts['feed/entry/content']?.[0])
      .to.contain('A &amp; B &lt;x&gt; &quot;q&quot;')
      .and.contain('Wrong &lt;b&gt;')
    expect(elements.every(({ uri }) => uri === 'http://www.w3.org/2005/Atom')).to.equal(true)
  })
})

describe('a courtesy subscription', () => {
  const asked: Subscriber = {
    _id: 'x',
    email: 'a@b.example',
    locale: 'da',
    state: 'pending',
    asked: 1,
    askedAt: new Date('2026-11-20T09:00:00Z'),
    confirmedAt: null,
    toldUntil: new Date('2026-11-20T09:00:00Z'),
  }

  it('is asked again after an hour, and a few times at the most', () => {
    for (const [changes, now, may] of [
      [{}, '2026-11-20T09:59:00Z', false],
      [{}, '2026-11-20T10:00:00Z', true],
      [{ asked: 5 }, '2026-11-21T10:00:00Z', false],
      [{ state: 'confirmed' as const }, '2026-11-21T10:00:00Z', false],
    ] as const)
      expect(mayBeAskedAgain({ ...asked, ...changes }, new Date(now))).to.equal(may)
  })

  it('is over after seven days without an answer', () => {
    expect(isOver(asked, new Date('2026-11-27T09:00:00Z'))).to.equal(false)
    expect(isOver(asked, new Date('2026-11-27T09:00:01Z'))).to.equal(true)
    expect(isOver({ ...asked, state: 'confirmed' }, new Date('2027-11-27T09:00:00Z'))).to.equal(false)
  })

  it('has mails that say they are no notice, with one click to end them (RFC 8058)', () => {
    const mail = editionMail(asked, anEdition(), 'Nordvang')
    expect(mail.headers).to.deep.equal({
      'List-Unsubscribe': '<https://link.tilsyn.invalid/>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    expect(JSON.stringify(mail.content)).to.contain('ikke et varsel efter databehandleraftalen')
    expect(mail.key).to.equal('public-list-edition/2026-11-20/x')
  })
})

type Element = { name: string; uri: string; depth: number; rel: string; href: string }

function parsed(text: string): { elements: Element[]; texts: Record<string, string[]> } {
  const elements: Element[] = []
  const texts: Record<string, string[]> = {}
  const path: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, uri, attributes }) => {
    const valueOf = (attribute: string) => {
      const found = attributes[attribute]
      return typeof found === 'object' ? found.value : ''
    }
    elements.push({ name, uri, depth: path.length, rel: valueOf('rel'), href: valueOf('href') })
    path.push(name)
  })
  parser.on('text', (said) => {
    if (said.trim() !== '') (texts[path.join('/')] ??= []).push(said)
  })
  parser.on('closetag', () => void path.pop())
  parser.write(text).close()
  return { elements, texts }
}

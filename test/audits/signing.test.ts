import { expect } from 'chai'
import type { Audit, Signature } from '../../src/audits/rules/audit.js'
import { canonical, hashOf, shortHash } from '../../src/audits/rules/canonical.js'
import { areasOf, freeTexts, recognisedIn } from '../../src/audits/rules/compile.js'
import { correctionOf, frozen, reopened, signed, signsAs } from '../../src/audits/rules/sign.js'
import { reviewed, withDecision, withoutDecision } from '../../src/audits/rules/review.js'
import { missingBeforeSigning } from '../../src/audits/rules/missing.js'
import { anAudit, aWhole, someFacts } from './declared.js'

const at = new Date('2026-11-23T09:00:00Z')
const facts = someFacts()
const hash = hashOf(facts)
const whole = aWhole()
const areas = areasOf(whole.set, whole.tests)
const toSign = (changes: Partial<Audit> = {}): Audit =>
  anAudit({ state: 'to-sign', frozen: { facts, hash, at }, ...changes })
const by = (as: Signature['as'], person: string, changes: Partial<Signature> = {}): Signature => ({
  as,
  person,
  name: 'Navn',
  title: 'Titel',
  at,
  hash,
  withCode: false,
  ...changes,
})
const dpo = by('dpo', 'p-dpo')
const management = by('management', 'p-boss')

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error)
  }
  return 'taken'
}

describe('who signs the declaration (issue 6 point 4, DPA C.7)', () => {
  const cases: [why: string, audit: Audit, signature: Signature, expected: string][] = [
    ['the DPO who leads it', toSign(), dpo, 'taken'],
    ['management, first', toSign(), management, 'taken'],
    ['management, after the DPO', toSign({ signatures: [dpo] }), management, 'taken'],
    ['a DPO who does not lead it', toSign(), by('dpo', 'p-other'), 'declaration-not-lead'],
    ['the DPO a second time', toSign({ signatures: [dpo] }), dpo, 'declaration-signed-already'],
    [
      'a second one of management',
      toSign({ signatures: [management] }),
      by('management', 'p-chair'),
      'declaration-signed-already',
    ],
    [
      'the DPO for management as well, having changed role',
      toSign({ signatures: [dpo] }),
      by('management', 'p-dpo'),
      'declaration-two-people',
    ],
    ['before it is frozen', anAudit(), dpo, 'declaration-not-to-sign'],
    [
      'once it is signed',
      toSign({ state: 'signed', signatures: [dpo, management] }),
      dpo,
      'declaration-not-to-sign',
    ],
    ['once it is replaced', toSign({ state: 'replaced' }), dpo, 'declaration-not-to-sign'],
    [
      'what they saw is another wording',
      toSign(),
      by('dpo', 'p-dpo', { hash: 'f'.repeat(64) }),
      'declaration-changed-since',
    ],
    [
      'what is kept does not fit its hash any more',
      toSign({ frozen: { facts: { ...facts, year: 2025 }, hash, at } }),
      dpo,
      'declaration-changed-since',
    ],
  ]
  for (const [why, audit, signature, expected] of cases)
    it(`${why}: ${expected}`, () => {
      expect(refusal(() => signed(audit, signature, areas))).to.equal(expected)
    })

  it('refuses where a result was changed behind it', () => {
    const [first, ...rest] = whole.tests
    const changed = areasOf(whole.set, first ? [{ ...first, result: 'exception' as const }, ...rest] : rest)
    expect(refusal(() => signed(toSign(), dpo, changed))).to.equal('declaration-changed-since')
  })

  it('is signed with the second signature and not before', () => {
    const one = signed(toSign(), dpo, areas)
    expect(one.state).to.equal('to-sign')
    const both = signed(toSign(one), management, areas)
    expect(both).to.deep.equal({ state: 'signed', signatures: [dpo, management] })
  })

  it('asks the one whose signature is lacking, and nobody else', () => {
    const audit = toSign()
    expect(signsAs(audit, { _id: 'p-dpo', role: 'dpo' })).to.equal('dpo')
    expect(signsAs(audit, { _id: 'p-other', role: 'dpo' })).to.equal(null)
    expect(signsAs(audit, { _id: 'p-boss', role: 'management' })).to.equal('management')
    expect(signsAs(audit, { _id: 'p-officer', role: 'officer' })).to.equal(null)
    expect(signsAs(audit, { _id: 'p-admin', role: 'administrator' })).to.equal(null)
    expect(signsAs(toSign({ signatures: [management] }), { _id: 'p-chair', role: 'management' })).to.equal(
      null,
    )
    expect(signsAs(anAudit(), { _id: 'p-dpo', role: 'dpo' })).to.equal(null)
  })
})

describe('freezing, opening again and correcting', () => {
  it('freezes only what lacks nothing', () => {
    const lacking = anAudit({ conclusion: { da: '', en: '' } })
    const missing = missingBeforeSigning({ ...whole, audit: lacking })
    expect(refusal(() => frozen(lacking, missing, facts, at))).to.equal('declaration-incomplete')
    expect(refusal(() => frozen(toSign(), [], facts, at))).to.equal('audit-not-open')
    expect(frozen(anAudit(), [], facts, at)).to.deep.equal({
      state: 'to-sign',
      frozen: { facts, hash, at },
      signatures: [],
    })
  })

  it('discards a signature when it is opened again: it was given to other words', () => {
    expect(reopened(toSign({ signatures: [dpo] }))).to.deep.equal({
      state: 'open',
      frozen: null,
      signatures: [],
    })
    expect(refusal(() => reopened(toSign({ state: 'signed' })))).to.equal('declaration-not-to-sign')
  })

  it('corrects a signed one with a next edition that holds everything and no signature', () => {
    const why = { da: 'Et tal var forkert.', en: 'A number was wrong.' }
    const one = toSign({ state: 'signed', signatures: [dpo, management] })
    const next = correctionOf(one, why, 'a2')
    expect(next).to.deep.include({
      _id: 'a2',
      reference: 'AU-2026-2',
      edition: 2,
      state: 'open',
      replaces: { audit: 'a1', why },
      frozen: null,
      signatures: [],
      conclusion: one.conclusion,
      review: one.review,
    })
    expect(refusal(() => correctionOf(anAudit(), why, 'a2'))).to.equal('declaration-not-signed')
    expect(refusal(() => correctionOf(toSign({ state: 'replaced' }), why, 'a2'))).to.equal(
      'declaration-not-signed',
    )
  })

  it('lets management’s review and decisions change while it is open, and no longer', () => {
    const audit = anAudit()
    const decision = { ...audit.review!.decisions[0]!, id: 'd2' }
    expect(withDecision(audit, decision).decisions.map(({ id }) => id)).to.deep.equal(['d1', 'd2'])
    expect(
      withDecision(anAudit({ review: withDecision(audit, decision) }), decision).decisions,
    ).to.have.length(2)
    expect(withoutDecision(audit, 'd1').decisions).to.deep.equal([])
    expect(refusal(() => withDecision(anAudit({ review: null }), decision))).to.equal('review-first')
    for (const act of [
      () => withDecision(toSign(), decision),
      () => withoutDecision(toSign(), 'd1'),
      () => reviewed(toSign(), { on: '2026-11-20', participants: [], text: { da: '', en: '' } }),
    ])
      expect(refusal(act)).to.equal('audit-not-open')
  })
})

describe('the hash of what is signed', () => {
  it('is the same however the values are kept, and another one for any other value', () => {
    expect(canonical({ b: 1, a: [new Date(0), undefined, { d: null, c: 'æ' }], e: undefined })).to.equal(
      '{"a":["1970-01-01T00:00:00.000Z",null,{"c":"æ","d":null}],"b":1}',
    )
    expect(hashOf(JSON.parse(JSON.stringify(facts)))).to.equal(hash)
    expect(hashOf({ ...facts, conclusion: { ...facts.conclusion, en: 'x' } })).to.not.equal(hash)
    expect(shortHash(`${'abcd1234'.repeat(8)}`)).to.equal('abcd 1234 abcd')
  })
})

describe('no customer is recognisable (issue 6 point 5)', () => {
  const texts = [
    { place: 'B.13', text: 'Hos Bakkeby Kommune (C-0007) manglede en gennemgang; se 35 24 01 36.' },
    { place: 'conclusion', text: 'Hillerød er nævnt, og en ukendt kommune.' },
  ]
  const cases: [why: string, words: string[], found: string[]][] = [
    ['a name, whatever its case', ['bakkeby kommune'], ['B.13']],
    ['a name inside another word is not it', ['Hille'], []],
    ['a word too short to tell anybody', ['se'], []],
    ['a number as it is written', ['35 24 01 36'], ['B.13']],
    ['nobody', ['Nyborg Kommune'], []],
  ]
  for (const [why, words, found] of cases)
    it(why, () => {
      const all = recognisedIn(texts, [{ reference: 'C-9999', words }])
      expect(all.map(({ place }) => place)).to.deep.equal(found)
    })

  it('looks for the reference too', () => {
    expect(recognisedIn(texts, [{ reference: 'C-0007', words: [] }])).to.deep.equal([
      { place: 'B.13', said: 'C-0007', customer: 'C-0007' },
    ])
  })

  it('reads every text somebody wrote', () => {
    const places = new Set(freeTexts(facts).map(({ place }) => place))
    for (const place of [
      'conclusion',
      'scope',
      'independence',
      'B.13',
      'FI-2026-007',
      'risks',
      'threats',
      'incidents',
      'changes',
      'review',
    ])
      expect(places.has(place), place).to.equal(true)
  })
})

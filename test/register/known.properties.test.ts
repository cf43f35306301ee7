import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, type Day } from '../../src/base/day.js'
import {
  knownOn,
  planCorrection,
  sameContent,
  versionsAsKnown,
  withVersion,
  type Correction,
} from '../../src/register/rules.js'

/** A record in small: a name, a country that may be unknown, and a field that may be absent. */
type Facts = { name: string; country: string | null; website?: string }
type Kept = { versions: { from: Day; content: Facts }[]; corrections: Correction<Facts>[] }

type Step = { wait: number } & (
  { does: 'edit'; facts: Facts } | { does: 'correct'; back: number; length: number | null; facts: Facts }
)

const start: Day = '2026-01-10'
const days = Array.from({ length: 80 }, (_, place) => addDays(start, place - 25))

const facts: fc.Arbitrary<Facts> = fc.oneof(
  fc.record({ name: fc.constantFrom('A', 'B', 'C'), country: fc.constantFrom('DK', 'SE', null) }),
  fc.record({
    name: fc.constantFrom('A', 'B', 'C'),
    country: fc.constantFrom('DK', 'SE', null),
    website: fc.constantFrom('x', 'y'),
  }),
)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('edit' as const), wait: fc.integer({ min: 0, max: 4 }), facts }),
    fc.record({
      does: fc.constant('correct' as const),
      wait: fc.integer({ min: 0, max: 4 }),
      // As far back as before the first version: a list signed before the register was set up.
      back: fc.integer({ min: 1, max: 20 }),
      length: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(null)),
      facts,
    }),
  ),
  { maxLength: 12 },
)

/** What each day's list says, written down anew each evening: no versions, no corrections, only days. */
type Diary = Map<Day, Map<Day, Facts>>

describe('What was known, and when', () => {
  it('is on every day what a diary written every evening says, whatever is edited or corrected after', () => {
    fc.assert(
      fc.property(facts, steps, (first, sequence) => {
        const { record, diary, today } = lived(first, sequence)
        for (const [evening, written] of [
          ...diary,
          ['now', diary.get(today) ?? new Map<Day, Facts>()] as const,
        ]) {
          const versions = versionsAsKnown(record, evening === 'now' ? undefined : evening)
          const otherwise = days.filter(
            (day) => !sameContent(knownOn(versions, day).content, written.get(day)),
          )
          expect(otherwise, `as known ${evening}`).to.deep.equal([])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('differs from what was shown on the day itself only where a later correction is marked, with its reason', () => {
    fc.assert(
      fc.property(facts, steps, (first, sequence) => {
        const { record, today } = lived(first, sequence)
        const now = versionsAsKnown(record)
        for (const day of days.filter((each) => each > start && each <= today)) {
          const shown = knownOn(versionsAsKnown(record, day), day)
          const known = knownOn(now, day)
          if (sameContent(shown.content, known.content)) continue
          expect(known.corrections.some(({ recordedOn }) => recordedOn > day)).to.equal(true)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('stays as it is outside the days that are corrected', () => {
    fc.assert(
      fc.property(
        facts,
        steps,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 10 }),
        facts,
        (first, sequence, back, length, right) => {
          const { record, today } = lived(first, sequence)
          const from = addDays(today, -back)
          const to = earlier(addDays(from, length), today)
          const planned = planCorrection(record, right, { from, to }, today)
          if (!planned) return
          const before = versionsAsKnown(record)
          const after = versionsAsKnown({
            ...record,
            corrections: [...record.corrections, grounded(planned, today, 99)],
          })
          for (const day of days.filter((each) => each < from || each >= to))
            expect(knownOn(after, day).content).to.deep.equal(knownOn(before, day).content)
        },
      ),
      { numRuns: 300 },
    )
  })
})

function lived(first: Facts, sequence: readonly Step[]): { record: Kept; diary: Diary; today: Day } {
  const record: Kept = { versions: [{ from: start, content: first }], corrections: [] }
  let page = new Map(days.map((day) => [day, first]))
  const diary: Diary = new Map()
  // From the second day: what is edited on the day of its entry was never known otherwise, for the days before it too.
  let today = addDays(start, 1)
  const evening = () => diary.set(today, new Map(page))
  for (const [place, step] of sequence.entries()) {
    for (let waited = 0; waited < step.wait; waited += 1) {
      evening()
      today = addDays(today, 1)
    }
    if (today > (days.at(-1) ?? today)) break
    if (step.does === 'edit') {
      record.versions = withVersion(record.versions, step.facts, today)
      page = onEach(page, (day, said) => (day >= today ? step.facts : said))
      continue
    }
    const from = addDays(today, -step.back)
    const to = step.length === null ? null : earlier(addDays(from, step.length), today)
    const planned = planCorrection(record, step.facts, { from, to }, today)
    const said = page.get(from) ?? first
    // Nothing to correct where the record says so already.
    if (!planned) {
      expect(said).to.deep.equal(step.facts)
      continue
    }
    record.corrections = [...record.corrections, grounded(planned, today, place)]
    if (planned.current) record.versions = withVersion(record.versions, planned.current, today)
    const now = page.get(today) ?? first
    page = onEach(page, (day, each) => {
      if (day >= today) return to === null ? patched(now, said, step.facts) : each
      return day >= from && (to === null || day < to) ? patched(each, said, step.facts) : each
    })
  }
  evening()
  return { record, diary, today }
}

/** The fields in which the right differs from what was said, taken over; written out field by field. */
function patched(each: Facts, said: Facts, right: Facts): Facts {
  const name = said.name === right.name ? each.name : right.name
  const country = said.country === right.country ? each.country : right.country
  const website = said.website === right.website ? each.website : right.website
  return { name, country, ...(website === undefined ? {} : { website }) }
}

function onEach(page: Map<Day, Facts>, write: (day: Day, said: Facts) => Facts): Map<Day, Facts> {
  return new Map([...page].map(([day, said]) => [day, write(day, said)]))
}

function grounded(
  { from, to, values, without }: Pick<Correction<Facts>, 'from' | 'to' | 'values' | 'without'>,
  today: Day,
  place: number,
): Correction<Facts> {
  const by = { kind: 'staff' as const, id: 'officer' }
  const recordedAt = new Date(`${today}T12:00:00Z`)
  return {
    id: `k${place}`,
    from,
    to,
    values,
    without,
    because: 'Tastefejl',
    file: null,
    recordedOn: today,
    recordedAt,
    by,
  }
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b
}

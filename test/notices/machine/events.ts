/** What can happen to the town, in any order: each event is tried as it comes, and does nothing where the rules refuse it. */
import fc from 'fast-check'
import { outcomes, type Outcome } from '../../../src/objections/rules.js'
import type { Given } from './town.js'

export type Happening =
  | { on: 'day'; days: number; hour: number; working: boolean }
  | { on: 'post' | 'follow' | 'finish' | 'permit' }
  | { on: 'deliver' | 'bounce' | 'return'; which: number }
  | { on: 'letter' | 'again' | 'instruct' | 'reply' | 'withdraw' | 'leave' | 'come' }
  | { on: 'receipt'; contact: number }
  | { on: 'read'; which: number; as: 'objection' | 'other' }
  | { on: 'object' }
  | { on: 'settle'; which: number; outcome: Outcome; endsIn: number }
  | { on: 'answer'; answer: 'approved' | 'refused' | 'no-answer'; waives: boolean; lines: string[] }
  | { on: 'buy'; services: string[] }
  | { on: 'contacts'; change: 'successor' | 'other-number' | 'other-order' | 'none' }
  | { on: 'use'; lines: string[]; daysAgo: number }

const services = fc.subarray(['hosting', 'telephony'])

export const anyGiven: fc.Arbitrary<Given> = fc.record({
  authorisation: fc.constantFrom('general', 'general', 'specific'),
  counts: fc.constantFrom('arrival', 'arrival', 'dispatch'),
  objectionUntil: fc.constantFrom('use', 'period-end'),
  replacementNeedsApproval: fc.boolean(),
  commonList: fc.boolean(),
  instructed: fc.boolean(),
  period: fc.record({ length: fc.constantFrom(14, 30, 90), unit: fc.constant('days') }),
  services,
  contacts: fc.constantFrom(1, 2, 2, 3, 0),
  there: fc.constantFrom(true, true, true, false),
})

const which = fc.nat(3)
const days: fc.Arbitrary<Happening> = fc.record({
  on: fc.constant('day'),
  days: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 10, max: 60 })),
  hour: fc.integer({ min: 0, max: 23 }),
  working: fc.constantFrom(true, true, true, false),
})
const timers: fc.Arbitrary<Happening> = fc.record({
  on: fc.constantFrom('post', 'follow', 'finish', 'permit'),
})
const mails: fc.Arbitrary<Happening> = fc.record({
  on: fc.constantFrom('deliver', 'deliver', 'deliver', 'bounce', 'return'),
  which,
})
const fromCustomer: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ on: fc.constantFrom('reply', 'object') }),
  fc.record({ on: fc.constant('receipt'), contact: fc.nat(2) }),
  fc.record({
    on: fc.constant('answer'),
    answer: fc.constantFrom('approved', 'approved', 'refused', 'no-answer'),
    waives: fc.boolean(),
    lines: fc.subarray(['l1', 'l2', 'l3']),
  }),
)
const fromStaff: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ on: fc.constant('read'), which, as: fc.constantFrom('objection', 'other') }),
  fc.record({
    on: fc.constant('settle'),
    which,
    outcome: fc.constantFrom(...outcomes),
    endsIn: fc.integer({ min: -2, max: 20 }),
  }),
  fc.record({
    on: fc.constant('use'),
    lines: fc.subarray(['l1', 'l2', 'l3'], { minLength: 1 }),
    daysAgo: fc.nat(5),
  }),
  fc.record({ on: fc.constantFrom('letter', 'again', 'instruct') }),
)
const atCustomer: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ on: fc.constant('buy'), services }) },
  {
    weight: 3,
    arbitrary: fc.record({
      on: fc.constant('contacts'),
      change: fc.constantFrom('successor', 'other-number', 'other-order', 'none'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ on: fc.constant('come') }) },
  { weight: 1, arbitrary: fc.record({ on: fc.constantFrom('leave', 'withdraw') }) },
)

export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    { weight: 7, arbitrary: days },
    { weight: 3, arbitrary: timers },
    { weight: 5, arbitrary: mails },
    { weight: 4, arbitrary: fromCustomer },
    { weight: 4, arbitrary: fromStaff },
    { weight: 1, arbitrary: atCustomer },
  ),
  { minLength: 4, maxLength: 40, size: 'max' },
)

/** What can happen in the whole house: to Bakkeby Kommune, or beside it. */
export const inTheHouse = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ on: fc.constant('day' as const), days: fc.integer({ min: 1, max: 40 }) }),
    },
    {
      weight: 7,
      arbitrary: fc.record({
        on: fc.constantFrom(
          'reply',
          'read',
          'object',
          'settle',
          'answer',
          'use',
          'return',
          'letter',
          'stop',
          'contact',
          'join',
          'refuse',
          'withdraw',
        ),
        pick: fc.nat(20),
      }),
    },
  ),
  { minLength: 4, maxLength: 7, size: 'max' },
)
export type HouseHappening = typeof inTheHouse extends fc.Arbitrary<(infer Each)[]> ? Each : never

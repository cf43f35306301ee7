import type { Day } from '../../src/base/day.js'
import type { Move } from '../../src/db/moves.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'

/** One asked on 1 November 2026 and due on the 30th, whose mail was taken. */
export function aQuestionnaire(changes: Partial<Questionnaire> = {}): Questionnaire {
  return {
    _id: 'q1',
    reference: 'QN-2026-001',
    year: 2026,
    vendor: 'v1',
    vendorName: 'Nyborg Backup ApS',
    engagements: ['e1'],
    set: { id: 'gdpr-subprocessor-yearly', version: '2026.1' },
    why: 'yearly',
    owner: { name: 'Ida Holm', email: 'ida@nyborg.example', locale: 'da', contact: 'c1' },
    dueOn: '2026-11-30',
    state: 'asked',
    round: 1,
    open: null,
    delivery: 'accepted',
    askedAt: new Date('2026-11-01T09:00:00Z'),
    reminded: null,
    arrivedAt: new Date('2026-11-01T09:01:00Z'),
    submitted: null,
    campaign: null,
    remindersStopped: null,
    escalated: null,
    previous: null,
    conclusion: null,
    sample: false,
    version: 1,
    moves: [moveOn('questionnaire.asked', '2026-11-01')],
    unlogged: false,
    ...changes,
  }
}

export function moveOn(event: string, on: Day): Move {
  return {
    version: 1,
    at: new Date(`${on}T09:00:00Z`),
    by: { kind: 'system', id: 'test' },
    event,
    facts: { on },
  }
}

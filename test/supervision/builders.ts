import type { Asked, Changes, Found, Held, Standing, Supervised } from '../../src/supervision/rules.js'

/** In use since before the year, of few points, and nothing agreed on statements. */
export function aSupervised(changes: Partial<Supervised> = {}): Supervised {
  return {
    id: 'e1',
    reference: 'E-0001',
    activity: { da: 'Backup af servere', en: 'Backup of servers' },
    services: ['hosting'],
    begunOn: '2023-03-01',
    endedOn: null,
    replaces: false,
    assurance: null,
    dataCentres: [],
    scored: aStanding(),
    ...changes,
  }
}

export function aStanding(changes: Partial<Standing> = {}): Standing {
  return {
    total: 3,
    band: '3-4',
    confirmed: true,
    stale: false,
    concept: 3,
    weakerBecause: null,
    ...changes,
  }
}

export const highRisk = aStanding({ total: 8, band: '7-10', concept: 5 })

export function anAsked(changes: Partial<Asked> = {}): Asked {
  return {
    reference: 'QN-2026-001',
    year: 2026,
    on: '2026-10-01',
    engagements: ['e1'],
    state: 'asked',
    dueOn: '2026-10-31',
    submittedOn: null,
    concludedOn: null,
    ...changes,
  }
}

export function aHeld(changes: Partial<Held> = {}): Held {
  return {
    reference: 'ST-2026-001',
    state: 'accepted',
    concept: 5,
    askedOn: null,
    receivedOn: '2026-03-15',
    concludedOn: '2026-03-20',
    periodEnd: '2025-12-31',
    expectedOn: '2027-04-30',
    until: '2027-04-30',
    ...changes,
  }
}

export function aFound(changes: Partial<Found> = {}): Found {
  return {
    reference: 'FI-2026-001',
    severity: 'medium',
    engagements: ['e1'],
    openedOn: '2026-02-01',
    closedOn: null,
    ...changes,
  }
}

export function changes(given: Partial<Changes> = {}): Changes {
  return { asked: [], held: [], found: [], acts: [], ...given }
}

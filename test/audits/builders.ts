import type { Audit, Test } from '../../src/audits/rules/audit.js'
import type { ControlSet } from '../../src/audits/rules/controls.js'

const both = (text: string) => ({ da: text, en: text })

export const fewControls: ControlSet = {
  id: 'internal-audit',
  version: '2026.1',
  title: both('Controls'),
  areas: [
    { id: 'A', title: both('Instructions') },
    { id: 'B', title: both('Technical') },
  ],
  controls: ['A.1', 'A.2', 'B.1'].map((id) => ({
    id,
    area: id.slice(0, 1),
    text: both(`Text of ${id}`),
    sources: ['GDPR 28'],
    methods: ['inspection'],
    evidence: both('A file'),
  })),
}

const moved = { version: 1, moves: [], unlogged: false }

/** An audit that could be signed. */
export function anAudit(changes: Partial<Audit> = {}): Audit {
  return {
    _id: 'audit-2026',
    reference: 'AU-2026',
    year: 2026,
    edition: 1,
    replaces: null,
    period: { from: '2026-01-01', to: '2026-12-31' },
    controlSet: { id: 'internal-audit', version: '2026.1' },
    state: 'open',
    lead: 'karen',
    scope: both('Hosting and telephony'),
    plan: 'Areas A to C in October',
    independence: null,
    risks: [
      {
        id: 'r',
        what: both('Hosting'),
        on: '2026-10-01',
        text: both('No change'),
        files: [],
        reference: null,
      },
    ],
    threats: [
      { id: 't', what: both('Phishing'), on: '2026-10-01', text: both('Rising'), files: [], reference: null },
    ],
    incidents: [],
    changesSinceLast: both('None'),
    conclusion: both('We keep the agreements'),
    review: { on: '2026-12-01', participants: ['Ida Holm'], text: both('Taken note of'), decisions: [] },
    frozen: null,
    signatures: [],
    signedCopy: null,
    sample: false,
    ...moved,
    ...changes,
  }
}

/** A control that was tested, without exception. */
export function aTest(control: string, changes: Partial<Test> = {}): Test {
  return {
    _id: `audit-2026/${control}`,
    audit: 'audit-2026',
    control,
    area: control.slice(0, 1),
    tester: 'anders',
    methods: ['inspection'],
    sample: '5 of 40',
    testedOn: '2026-10-12',
    result: 'no-exception',
    reason: { da: '', en: '' },
    note: '',
    files: [],
    operates: false,
    lastYear: null,
    ...moved,
    ...changes,
  }
}

import type { Figure, FigureSection, FigureTable, YearFigures } from '../../src/audits/rules/figures.js'

type Row = FigureTable['rows'][number]['cells']

const made = { count: 0, hash: 'e'.repeat(64), ids: [] }

/** 'issued' -> 3, or 'kept' -> [212, 212], or 'shortest' -> '31 days'. */
function section(
  key: string,
  figures: Record<string, number | [number, number] | `${number} ${Figure['unit']}`>,
  ...tables: FigureTable[]
): FigureSection {
  return {
    key,
    figures: Object.entries(figures).map(([name, said]): Figure => {
      const [value, unit] = typeof said === 'string' ? said.split(' ') : []
      return {
        key: `${key}.${name}`,
        value: typeof said === 'number' ? said : Number(Array.isArray(said) ? said[0] : value),
        of: Array.isArray(said) ? said[1] : null,
        unit: (unit ?? 'count') as Figure['unit'],
        evidence: `/${key}`,
        made,
      }
    }),
    tables,
  }
}

const table = (key: string, columns: string[], ...rows: Row[]): FigureTable => ({
  key,
  columns,
  rows: rows.map((cells, place) => ({ reference: `R-${place + 1}`, evidence: null, cells })),
})

/** A year in which something of each kind happened, and nothing of some. */
export const someFigures: YearFigures = {
  year: 2026,
  period: { from: '2026-01-01', to: '2026-12-31' },
  // In the evening of the 22nd in London, and the 23rd in Copenhagen.
  asOf: '2026-11-22T23:30:00.000Z',
  sections: [
    section(
      'sub-processors',
      { start: 7, end: 8, vendors: 6, added: 1, removed: 0 },
      table(
        'sub-processors.changes',
        ['change', 'vendor', 'activity-da', 'activity-en', 'on', 'notices'],
        [
          'added',
          'Nyborg Backup ApS',
          'Sikkerhedskopiering',
          'Operation of backups',
          '2026-03-02',
          'CN-2026-001',
        ],
      ),
    ),
    section(
      'unpermitted-use',
      { cases: 1, open: [0, 1], customers: 2, told: [2, 2] },
      table(
        'unpermitted-use.list',
        ['vendor', 'since', 'discovered', 'stopped', 'customers', 'told'],
        ['Kolding Log ApS', '2026-04-01', '2026-05-12', null, 2, 2],
      ),
    ),
    section('notices', {
      issued: 3,
      'line-addition': 2,
      'line-removal': 1,
      withdrawn: 0,
      customers: 212,
      told: [212, 212],
      untold: [0, 212],
      permitted: [200, 212],
      kept: [200, 200],
      shortest: '31 days',
      consent: [0, 200],
      short: [0, 200],
      bounced: [4, 212],
      'put-right': [4, 4],
    }),
    section('objections', { received: 3, late: [1, 3], open: [0, 3], 'customer-exempted': [3, 3] }),
    section(
      'transfers',
      { end: 2, lawful: [2, 2], instructed: [1, 2], assessed: [1, 1], died: 0, 'stood-on-died': 0 },
      table(
        'transfers.by-basis',
        ['basis', 'country', 'transfers', 'lawful', 'instructed'],
        ['adequacy-dpf', 'US', 1, 1, 1],
        ['none', 'IN', 1, 0, 0],
      ),
    ),
    section('supervision', {
      vendors: 8,
      engagements: 9,
      'questionnaire-done': [8, 9],
      'questionnaire-overdue': [1, 9],
      'statement-done': [2, 2],
      weaker: 0,
    }),
    section(
      'statements',
      { read: 2, accepted: [2, 2], rejected: [0, 2], exceptions: 1, 'gap-days': '59 days' },
      table(
        'statements.gaps',
        ['vendor', 'sort', 'from', 'to', 'days'],
        ['Nyborg Backup ApS', 'isae-3402/2', '2026-01-01', '2026-02-28', 59],
      ),
    ),
    section('questionnaires', {
      asked: 9,
      answered: [9, 9],
      concluded: [8, 9],
      'from-public': [2, 9],
    }),
    section('findings', { opened: 4, closed: 2, accepted: 0, open: 2, overdue: [1, 2] }),
    section(
      'breaches',
      {
        count: 2,
        open: [0, 2],
        'nobody-affected': [0, 2],
        customers: 41,
        told: [41, 41],
        'within-24': [41, 41],
        'within-agreed': [41, 41],
        shortest: '1 hours',
        longest: '9.5 hours',
      },
      table(
        'breaches.list',
        ['aware', 'customers', 'told', 'hours'],
        ['2026-05-12', 1, 1, 1],
        ['2026-09-30', 40, 40, 9.5],
      ),
    ),
    section('requests', { received: 5, begun: 1, answered: [6, 6], 'in-time': [5, 6], late: [1, 6] }),
    section('instructions', { given: 0, replaced: 0, withdrawn: 0, doubted: 0 }),
    section('departures', { ended: 0, confirmed: 0, overdue: 0, 'called-off': 0 }),
  ],
}

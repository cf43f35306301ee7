import { currentControlSet } from '../../src/audits/actions/controls.js'
import type { PaperState } from '../../src/audits/page/paper.js'
import type { Audit, Test, WholeAudit } from '../../src/audits/rules/audit.js'
import { hashOf } from '../../src/audits/rules/canonical.js'
import { compile, type Around } from '../../src/audits/rules/compile.js'
import type { DeclarationFacts } from '../../src/audits/rules/declaration.js'
import type { YearFigures } from '../../src/audits/rules/figures.js'
import type { Finding } from '../../src/findings/rules.js'

const day = '2026-11-16'

function aTest(control: string, changes: Partial<Test> = {}): Test {
  return {
    _id: `a1/${control}`,
    audit: 'a1',
    control,
    area: control.split('.')[0] ?? '',
    tester: 'p-dpo',
    methods: ['inquiry', 'inspection'],
    sample: '',
    testedOn: day,
    result: 'no-exception',
    reason: { da: '', en: '' },
    note: 'Set efter.',
    files: [],
    operates: false,
    lastYear: null,
    version: 1,
    moves: [],
    unlogged: false,
    ...changes,
  }
}

const exceptional: Record<string, Partial<Test>> = {
  'B.13': {
    result: 'exception',
    sample: { da: '25 af 312 brugere', en: '25 of 312 users' },
    reason: {
      da: 'Tre af de udvalgte brugere havde ikke fået deres rettigheder gennemgået i andet kvartal.',
      en: 'The rights of three of the chosen users had not been reviewed in the second quarter.',
    },
  },
  'B.10': {
    result: 'not-applicable',
    testedOn: null,
    methods: [],
    reason: {
      da: 'Der bruges kun opdigtede oplysninger i udvikling og test.',
      en: 'Only invented data are used in development and testing.',
    },
  },
  'C.3': {
    result: 'not-tested',
    testedOn: null,
    methods: [],
    reason: {
      da: 'Ingen blev ansat i perioden; kontrollen testes næste år.',
      en: 'Nobody was hired in the period; the control is tested next year.',
    },
  },
  'F.3': { operates: true },
}

export function anAudit(changes: Partial<Audit> = {}): Audit {
  const set = currentControlSet()
  return {
    _id: 'a1',
    reference: 'AU-2026',
    year: 2026,
    edition: 1,
    replaces: null,
    period: { from: '2026-01-01', to: '2026-12-31' },
    controlSet: { id: set.id, version: set.version },
    state: 'open',
    lead: 'p-dpo',
    scope: {
      da: 'Alle ydelser, hvor vi behandler personoplysninger for kunder, og de kontroller, som databehandleraftalen lover.',
      en: 'All services in which we process personal data for customers, and the controls the data processing agreement promises.',
    },
    plan: 'September til november.',
    independence: {
      da: 'Kontrollen F.3 udføres af databeskyttelsesrådgiveren. Den er set efter af en kollega uden del i arbejdet.',
      en: 'Control F.3 is carried out by the data protection officer. A colleague with no part in the work looked it over.',
    },
    risks: [
      {
        id: 'r1',
        what: { da: 'Hosting af kundesystemer', en: 'Hosting of customers’ systems' },
        on: '2026-10-05',
        text: {
          da: 'Risikoen er uændret. Adgang med to faktorer er nu krævet for alle driftskonti.',
          en: 'The risk is unchanged. Two-factor access is now required for every operations account.',
        },
        files: [],
        reference: null,
      },
    ],
    threats: [
      {
        id: 't1',
        what: { da: 'Løsepengevirus', en: 'Ransomware' },
        on: '2026-10-05',
        text: {
          da: 'Stadig den alvorligste trussel. Genskabelse fra sikkerhedskopi er prøvet i april og oktober.',
          en: 'Still the gravest threat. Restoring from backup was tried in April and October.',
        },
        files: [],
        reference: null,
      },
    ],
    incidents: [
      {
        id: 'i1',
        what: { da: 'Mail sendt til forkert modtager', en: 'Mail sent to the wrong recipient' },
        on: '2026-05-12',
        text: {
          da: 'De berørte kunder fik besked efter 9 timer.',
          en: 'The customers concerned were told after 9 hours.',
        },
        files: [],
        reference: 'BR-2026-001',
      },
    ],
    changesSinceLast: {
      da: 'Et datacenter i Taastrup er taget i brug, og leverandøren af sikkerhedskopiering er skiftet.',
      en: 'A data centre in Taastrup was taken into use, and the backup supplier was replaced.',
    },
    conclusion: {
      da: 'Efter vores vurdering har vi i perioden behandlet personoplysninger efter kundernes instruks og overholdt databehandleraftalen, bortset fra den ene undtagelse, som er nævnt i afsnit 5.\n\nUndtagelsen har ikke haft følger for registrerede.',
      en: 'In our judgment we processed personal data on the customers’ instructions in the period and kept the data processing agreement, apart from the one exception named in section 5.\n\nThe exception had no consequences for data subjects.',
    },
    review: {
      on: '2026-11-20',
      participants: ['Mads Holm (direktør)', 'Karen Østergård (DPO)'],
      text: {
        da: 'Ledelsen har gennemgået resultatet og tilslutter sig vurderingen.',
        en: 'Management has gone through the results and agrees with the judgment.',
      },
      decisions: [
        {
          id: 'd1',
          text: {
            da: 'Gennemgang af rettigheder lægges i driftskalenderen hvert kvartal.',
            en: 'The review of rights is put into the operations calendar every quarter.',
          },
          responsible: 'p-ops',
          dueOn: '2027-01-31',
          about: 'B.13',
        },
      ],
    },
    frozen: null,
    signatures: [],
    signedCopy: null,
    papers: null,
    sample: false,
    version: 1,
    moves: [],
    unlogged: false,
    ...changes,
  }
}

const noFigures: YearFigures = {
  year: 2026,
  period: { from: '2026-01-01', to: '2026-12-31' },
  asOf: '2026-11-23T09:00:00.000Z',
  sections: [],
}

export function aWhole(changes: Partial<Audit> = {}, figures: YearFigures = noFigures): WholeAudit {
  const set = currentControlSet()
  const tests = set.controls.map(({ id }) => aTest(id, exceptional[id] ?? {}))
  return { audit: anAudit(changes), set, tests, figures }
}

function around(changes: Partial<Around> = {}): Around {
  return {
    organisation: {
      name: 'Nordvang Drift A/S',
      registration: 'CVR 35240136',
      address: 'Havnegade 12, 5000 Odense C',
      dpo: { name: 'Karen Østergård', email: 'dpo@nordvang.example', phone: '+45 70 10 20 30' },
    },
    lead: { name: 'Karen Østergård', title: 'dpo' },
    replaces: null,
    services: [
      { da: 'Hosting', en: 'Hosting' },
      { da: 'Telefoni', en: 'Telephony' },
    ],
    sites: ['Herstedvang 8, 2620 Albertslund (DK)', 'Hørskætten 3, 2630 Taastrup (DK)'],
    agreementVersions: ['1.0', '1.1'],
    findings: [
      { finding: aFinding('FI-2026-007', 'B.13'), carried: false },
      {
        finding: {
          ...aFinding('FI-2025-003', 'F.6'),
          vendorName: 'Kolding Backup ApS',
          owner: { kind: 'vendor', name: 'Per Lund', email: 'per@kolding.example' },
          openedOn: '2025-11-02',
        } as Finding,
        carried: true,
      },
    ],
    names: new Map([
      ['p-dpo', 'Karen Østergård'],
      ['p-ops', 'Jens Dahl'],
    ]),
    ...changes,
  }
}

function aFinding(reference: string, control: string): Finding {
  return {
    reference,
    source: { kind: 'audit', id: 'a1', item: control },
    text: {
      da: 'Rettigheder gennemgås ikke hvert kvartal som lovet.',
      en: 'Rights are not reviewed every quarter as promised.',
    },
    severity: 'medium',
    owner: { kind: 'person', id: 'p-ops' },
    openedOn: '2026-11-16',
    dueOn: '2027-02-14',
    state: 'open',
  } as Finding
}

export function someFacts(changes: Partial<Audit> = {}, figures = noFigures): DeclarationFacts {
  return compile(aWhole(changes, figures), around())
}

export function signedPaper(facts: DeclarationFacts, changes: Partial<PaperState> = {}): PaperState {
  const hash = hashOf(facts)
  return {
    state: 'signed',
    hash,
    signatures: [
      {
        as: 'dpo',
        person: 'p-dpo',
        name: 'Karen Østergård',
        title: 'Databeskyttelsesrådgiver',
        at: new Date('2026-11-23T09:00:00Z'),
        hash,
        withCode: false,
      },
      {
        as: 'management',
        person: 'p-boss',
        name: 'Mads Holm',
        title: 'Direktør',
        at: new Date('2026-11-24T12:30:00Z'),
        hash,
        withCode: false,
      },
    ],
    replacedBy: null,
    madeAt: new Date('2026-11-24T12:30:00Z'),
    zone: 'Europe/Copenhagen',
    sample: false,
    ...changes,
  }
}

/** This year's internal audit, some weeks in: a few controls of each area tested, with what audits find. */
import { beginAudit, leads } from '../audits/actions/begin.js'
import { openAuditFinding } from '../audits/actions/findings.js'
import { auditAtWork } from '../audits/actions/read.js'
import { saveRevisited } from '../audits/actions/revisited.js'
import { changeTest } from '../audits/actions/testing.js'
import { saveTexts } from '../audits/actions/texts.js'
import { yearOf } from '../audits/rules/begin.js'
import { marksOf, type Texts } from '../audits/rules/merge.js'
import { textsOfPart } from '../audits/rules/parts.js'
import { textsOfRevisited, type RevisitedKind } from '../audits/rules/revisited.js'
import { testOfTexts, textsOfTest } from '../audits/rules/testing.js'
import type { Context } from '../base/context.js'
import { addDays } from '../base/day.js'
import { newId } from '../base/ids.js'

const fine = 'no-exception'

/** Control, result, methods, sample and reason in Danish and English. */
const tested: readonly (readonly [string, string, string, readonly [string, string], string?, string?])[] = [
  [
    'A.1',
    fine,
    'inquiry,inspection',
    ['Proceduren i version 4, godkendt i år', 'The procedure in version 4, approved this year'],
  ],
  [
    'A.2',
    fine,
    'inspection',
    [
      '8 af 31 kunder, valgt tilfældigt blandt dem med telefoni og hosting',
      '8 of 31 customers, chosen at random among those with telephony and hosting',
    ],
  ],
  ['B.3', fine, 're-performance', ['Udtræk over alle 312 servere', 'A listing of all 312 servers']],
  ['B.6', fine, 'inspection', ['25 af 140 brugere', '25 of 140 users']],
  [
    'B.10',
    'exception',
    'inspection',
    ['3 af 11 testmiljøer', '3 of 11 test environments'],
    'Ét testmiljø indeholdt rigtige navne og telefonnumre.',
    'One test environment held real names and telephone numbers.',
  ],
  [
    'B.14',
    fine,
    'observation',
    ['Login set på to adgange til drift', 'Sign-in seen on two ways in to production'],
  ],
  ['C.4', fine, 'inspection', ['10 af årets 14 ansættelser', '10 of the year’s 14 hirings']],
  [
    'C.5',
    'exception',
    're-performance',
    ['6 af årets 9 fratrædelser', '6 of the year’s 9 leavers'],
    'For én fratrådt medarbejder blev en adgang først lukket efter 12 dage.',
    'For one leaver an access was closed only after 12 days.',
  ],
  [
    'F.2',
    fine,
    're-performance',
    ['Registret sammenholdt med alle leverandører i drift', 'The register compared with all vendors in use'],
  ],
  ['F.4', fine, 'inspection', ['5 af underdatabehandlernes aftaler', '5 of the sub-processors’ contracts']],
  [
    'K.5',
    fine,
    're-performance',
    ['1 postkasse og 1 database genskabt', '1 mailbox and 1 database restored'],
  ],
  [
    'K.4',
    'not-tested',
    '',
    ['', ''],
    'Skift mellem datacentrene afprøves i fjerde kvartal.',
    'Fail-over between the data centres is tested in the fourth quarter.',
  ],
]

export async function loadAudit(context: Context): Promise<void> {
  const year = Number(context.today.slice(0, 4))
  const lead = (await leads())[0]?._id ?? context.actor.id
  const { reference } = await beginAudit(context, { year, period: yearOf(year), lead, sample: true })
  await writeScope(context, reference)
  await testSome(context, reference, lead)
  await openAuditFinding(context, reference, 'B.10', {
    once: newId(),
    text: {
      da: 'Eksempel: et testmiljø skal tømmes for rigtige personoplysninger, og proceduren for nye testmiljøer skal rettes.',
      en: 'Example: a test environment must be cleared of real personal data, and the procedure for new ones mended.',
    },
    severity: 'medium',
    owner: null,
    dueOn: addDays(context.today, 60),
  })
  for (const [kind, texts] of revisited(context.today))
    await saveRevisited(context, reference, kind, { id: newId(), typed: texts, marks: '', files: [] })
}

async function writeScope(context: Context, reference: string): Promise<void> {
  const { audit } = await auditAtWork(reference)
  const before = textsOfPart(audit, 'scope')
  const typed = {
    ...before,
    'scope.da':
      'Eksempel: telefoni, hosting og Microsoft 365 fra kontorerne i Danmark og de to datacentre. Kundernes egne systemer er ikke omfattet.',
    'scope.en':
      'Example: telephony, hosting and Microsoft 365 from the offices in Denmark and the two data centres. Customers’ own systems are not covered.',
    plan: 'Eksempel:\nOktober: område A til C.\nNovember: område D til I og K.\nDecember: ledelsens gennemgang.',
  }
  await saveTexts(context, reference, 'scope', { typed, marks: marksOf(before) })
}

async function testSome(context: Context, reference: string, tester: string): Promise<void> {
  const { audit, tests } = await auditAtWork(reference)
  // Each is a record of its own.
  await Promise.all(
    tested.map(async ([control, result, methods, sample, da = '', en = '']) => {
      const test = tests.find((one) => one.control === control)
      if (!test) return
      const testedOn = methods === '' ? '' : addDays(context.today, -9)
      const texts: Texts = { ...textsOfTest(test), tester, methods, testedOn, result }
      const said = {
        'sample.da': sample[0],
        'sample.en': sample[1],
        'reason.da': da,
        'reason.en': en,
      }
      await changeTest(context, audit, test, testOfTexts({ ...texts, ...said }))
    }),
  )
}

function revisited(today: string): [RevisitedKind, Texts][] {
  const reference = null
  return [
    [
      'risks',
      textsOfRevisited({
        what: { da: 'Telefoni: risiko for de registrerede', en: 'Telephony: risk to data subjects' },
        on: addDays(today, -20),
        text: {
          da: 'Eksempel: genbesøgt efter skiftet af optagetjeneste. Risikoen er uændret; opbevaring af optagelser er afkortet til 90 dage.',
          en: 'Example: revisited after the change of recording service. The risk is unchanged; recordings are now kept for 90 days.',
        },
        reference,
      }),
    ],
    [
      'threats',
      textsOfRevisited({
        what: { da: 'Angreb gennem leverandører', en: 'Attacks through suppliers' },
        on: addDays(today, -20),
        text: {
          da: 'Eksempel: truslen er stigende. Vi har indskrænket leverandørernes fjernadgang og kræver flere faktorer.',
          en: 'Example: the threat is rising. We have narrowed suppliers’ remote access and demand several factors.',
        },
        reference,
      }),
    ],
  ]
}

import { sendDeclaration } from '../audits/actions/send.js'
import { signedDeclarations } from '../audits/actions/declarations.js'
import { freeze } from '../audits/actions/freeze.js'
import { auditAtWork, auditOf, auditsList } from '../audits/actions/read.js'
import { decide, saveReview } from '../audits/actions/review.js'
import { sign } from '../audits/actions/sign.js'
import { saveTexts } from '../audits/actions/texts.js'
import { changeTest } from '../audits/actions/testing.js'
import { figureInWords, figuresIn } from '../audits/page/figures.js'
import { shortHash } from '../audits/rules/canonical.js'
import type { DeclarationFacts } from '../audits/rules/declaration.js'
import { marksOf } from '../audits/rules/merge.js'
import { textsOfPart, type Part } from '../audits/rules/parts.js'
import { testOfTexts, textsOfTest } from '../audits/rules/testing.js'
import { addPersonWithPassword } from '../auth/actions/people.js'
import type { Person } from '../auth/request.js'
import { addDays } from '../base/day.js'
import { newId } from '../base/ids.js'
import { pageOfCopies } from '../audits/records/copies.js'
import { mailsTo, refusalOf, withMailTo } from './customers.js'
import type { Telling } from './telling.js'
import { newVisitor } from './visitor.js'

const reader = 'privacy@northlight.example'
const password = 'a walk through the yearly audit'

/** C.7: the controls that are left, management’s review, two signatures, and what the customers have in hand of it. */
export async function yearIsDeclared(telling: Telling): Promise<string> {
  const { trial, transcript } = telling
  const { say } = transcript
  const [audit] = await auditsList()
  if (!audit) throw new Error('the sample has an audit')
  const { reference } = audit
  const join = (name: string, email: string, role: Person['role']) =>
    addPersonWithPassword(telling.olga(), { name, email, role, locale: 'en' }, password)
  const dagny = await join('Dagny Dam', 'dagny@eksempel-drift.example', 'dpo')
  const mads = await join('Mads Munk', 'mads@eksempel-drift.example', 'management')
  const as = ({ _id }: Person) => trial.as({ kind: 'staff', id: _id })

  trial.at('09:10')
  const tested = await testsTheRest(telling, reference, dagny)
  say(
    'Dagny, DPO',
    `leads ${reference} and tests the ${tested} controls that were left, most without exception.`,
  )
  await write(telling, reference, dagny)
  trial.at('10:00')
  const version = async () => (await auditOf(reference)).version
  say('Dagny, DPO', 'tries to freeze the declaration before management has reviewed it. Tilsyn refuses:', [
    await refusalOf(freeze(as(dagny), reference, { seen: await version(), lookedAt: false })),
  ])
  await saveReview(as(dagny), reference, await version(), {
    on: trial.today(),
    participants: ['Mads Munk (direktør)', 'Dagny Dam (DPO)'],
    text: {
      da: 'Ledelsen har gennemgået resultatet og lægger vægt på, at adgange lukkes samme dag.',
      en: 'Management has gone through the results and wants access closed on the same day.',
    },
  })
  await decide(as(dagny), reference, {
    id: newId(),
    text: { da: 'Fratrædelser lukkes samme dag.', en: 'Leavers’ access is closed on the same day.' },
    responsible: dagny._id,
    dueOn: addDays(trial.today(), 60),
    about: 'C.5',
  })
  say(
    'Mads, management',
    'reviews the results, and decides that a leaver’s access is closed on the same day.',
  )

  trial.at('11:00')
  const frozen = await freeze(as(dagny), reference, { seen: await version(), lookedAt: false })
  const facts = frozen.frozen?.facts as DeclarationFacts
  const hash = frozen.frozen?.hash ?? ''
  say(
    'Tilsyn',
    'has filled the year in from its own records, each number with its evidence:',
    figuresIn(facts.figures)
      .filter(({ key }) => told.has(key))
      .map((figure) => figureInWords(figure, 'en')),
  )
  await sign(as(dagny), reference, {
    as: 'dpo',
    person: dagny,
    title: 'Databeskyttelsesrådgiver',
    password,
    hash,
  })
  say('Dagny, DPO', 'reads the whole declaration and signs it with her password.')
  say('Dagny, DPO', 'tries to sign for management as well. Tilsyn refuses:', [
    await refusalOf(
      sign(as(dagny), reference, { as: 'management', person: dagny, title: '', password, hash }),
    ),
  ])
  trial.at('14:30')
  await sign(as(mads), reference, { as: 'management', person: mads, title: 'Direktør', password, hash })
  const [signed] = await signedDeclarations()
  if (signed?.reference !== reference) throw new Error('the declaration is not signed')
  say(
    'Mads, management',
    `signs what he saw: SHA-256 ${shortHash(hash)}… From now on nobody can change ${reference}; its papers are made and kept.`,
  )

  trial.at('15:00')
  await withMailTo(trial, [reader], () =>
    sendDeclaration(as(dagny), reference, { once: newId(), to: 'all', customers: [] }),
  )
  say('Dagny, DPO', 'sends it to all customers: a mail in their language, with a link to their own page.')
  await receives(telling, reference, signed.audit)
  return reference
}

/** Of some sixty figures those a customer asks about first. */
const told: ReadonlySet<string> = new Set([
  'sub-processors.added',
  'notices.issued',
  'notices.kept',
  'notices.shortest',
  'objections.received',
  'objections.customer-exempted',
  'supervision.questionnaire-done',
  'supervision.statement-done',
  'statements.gap-days',
])

/** Whatever the sample has left open, in one afternoon. */
async function testsTheRest({ trial }: Telling, reference: string, dpo: Person): Promise<number> {
  const { audit, tests } = await auditAtWork(reference)
  const left = tests.filter(({ result }) => result === null)
  const context = trial.as({ kind: 'staff', id: dpo._id })
  for (const test of left)
    await changeTest(
      context,
      audit,
      test,
      testOfTexts({
        ...textsOfTest(test),
        tester: dpo._id,
        methods: 'inspection',
        testedOn: trial.today(),
        result: 'no-exception',
      }),
    )
  return left.length
}

/** Who leads it, what has changed, and what it comes to: in both languages. */
async function write({ trial }: Telling, reference: string, dpo: Person): Promise<void> {
  const save = async (part: Part, texts: Record<string, string>) => {
    const before = textsOfPart(await auditOf(reference), part)
    const typed = { ...before, ...texts }
    await saveTexts(trial.as({ kind: 'staff', id: dpo._id }), reference, part, {
      typed,
      marks: marksOf(before),
    })
  }
  await save('scope', { lead: dpo._id })
  await save('conclusion', {
    'changesSinceLast.da': 'Sikkerhedskopieringen er skiftet til en ny underdatabehandler.',
    'changesSinceLast.en': 'Backup has moved to a new sub-processor.',
    'conclusion.da':
      'Vi har behandlet personoplysninger efter kundernes instruks, bortset fra de undtagelser, erklæringen nævner.',
    'conclusion.en':
      'We have processed personal data on the customers’ instructions, apart from the exceptions the declaration names.',
  })
}

async function receives({ trial, transcript }: Telling, reference: string, audit: string): Promise<void> {
  trial.at('16:20')
  const link = /https?:\/\/\S+\/l\/\S+/.exec(mailsTo(trial, reader).at(-1)?.mail.text ?? '')?.[0]
  if (!link) throw new Error('the mail about the declaration has no link')
  const nora = newVisitor()
  const page = await nora.open(link)
  if (!page.html.includes(reference)) throw new Error('the customer’s page does not show the declaration')
  await nora.send(page, `/declarations/${reference}/receipt`)
  const [copy] = (await pageOfCopies({ audit, q: 'Northlight', state: '' }, undefined, 1)).rows
  if (!copy?.receipt) throw new Error('the receipt is not noted')
  transcript.say(
    'Nora North',
    'finds the declaration in Danish and English on Northlight’s page, and confirms that she has it.',
  )
}

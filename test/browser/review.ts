import { ensureVendorLink } from '../../src/auth/links.js'
import type { Context } from '../../src/base/context.js'
import { storeFile } from '../../src/files/actions.js'
import { answerFinding, openFinding } from '../../src/findings/actions.js'
import { currentSets } from '../../src/question-sets/actions.js'
import { saveAnswer } from '../../src/questionnaires/actions/answer.js'
import { moveTo, questionnaireOf } from '../../src/questionnaires/actions/move.js'
import { saveRemark } from '../../src/questionnaires/actions/remark.js'
import { addFileToAnswer } from '../../src/questionnaires/records/answers.js'
import { askedInTown } from './respondent.js'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\npolitik\n%%EOF\n')

/** A questionnaire with the reviewer: something marked as open, a country the register does not know, a file. */
export async function reviewInTown(
  officer: Context,
): Promise<{ reference: string; section: string; file: string }> {
  const { questionnaire } = await askedInTown(officer, 'E-0002')
  const by = { name: questionnaire.owner.name, part: 'owner' as const }
  const best = currentSets()
    .find(({ id }) => id === questionnaire.set.id)
    ?.questions.filter(({ id, type }) => type === 'single' && !/^S0[378]/.test(id))
    .map(({ id, options }): [string, string] => [id, options.find(({ score }) => score === 1)?.id ?? 'yes'])
  for (const [question, value] of [
    ...(best ?? []),
    ['S03.01', 'no'],
    ['S03.02', 'y'],
    ['S07.01', 'yes'],
    ['S07.02', [{ name: 'Skyhost Inc.', regNo: '', task: 'Backup' }]],
    ['S07.04', 14],
    ['S08.01', ['DK', 'US']],
    ['S08.02', ['DK', 'US']],
  ] as const)
    await saveAnswer(officer, questionnaire, { question, value, comment: '', seen: 0, by, origin: 'typed' })
  const file = await storeFile(officer, {
    name: 'politik.pdf',
    bytes: pdf,
    about: { kind: 'questionnaire', id: questionnaire._id },
  })
  await addFileToAnswer(questionnaire._id, 'S03.02', file._id)
  const submitted = await moveTo(
    officer,
    await questionnaireOf(questionnaire.reference),
    { state: 'submitted', submitted: { at: officer.now, by: { name: by.name, title: 'DPO' } } },
    { event: 'questionnaire.submitted', facts: {} },
  )
  await saveRemark(officer, submitted, {
    question: 'S03.01',
    verdict: 'open',
    external: 'Hvornår bliver medarbejderne pålagt fortrolighed?',
    internal: 'Samme svar som sidste år.',
    seen: 0,
    answer: 1,
  })
  return { reference: questionnaire.reference, section: 'S03', file: file._id }
}

/** A finding at the vendor of E-0002, answered through its link, with a file. */
export async function findingInTown(
  officer: Context,
): Promise<{ reference: string; link: string; file: string }> {
  const { questionnaire } = await askedInTown(officer, 'E-0003')
  const finding = await openFinding(officer, {
    source: { kind: 'questionnaire', id: questionnaire._id, item: 'S03.01' },
    vendor: questionnaire.vendor,
    engagements: questionnaire.engagements,
    text: { da: 'Medarbejderne er ikke pålagt fortrolighed.', en: 'Staff are not bound to confidentiality.' },
    severity: 'high',
    owner: { kind: 'vendor', ...questionnaire.owner },
  })
  const answered = await answerFinding(
    officer,
    finding.reference,
    { from: 'vendor', name: questionnaire.owner.name },
    { text: 'Alle har nu skrevet under.', files: [{ name: 'erklaering.pdf', bytes: pdf }] },
  )
  const link = await ensureVendorLink(officer, {
    vendor: questionnaire.vendor,
    contact: questionnaire.owner.contact ?? 'owner',
    about: { kind: 'finding', id: finding._id },
    expiresOn: '2099-12-31',
  })
  return { reference: finding.reference, link: link._id, file: answered.notes[0]?.files[0] ?? '' }
}

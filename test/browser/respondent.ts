import { storeFile } from '../../src/files/actions.js'
import { linkMaker, linksFor, linkUrl, type Link } from '../../src/auth/links.js'
import { Links } from '../../src/auth/records/links.js'
import type { Context } from '../../src/base/context.js'
import { saveAnswer } from '../../src/questionnaires/actions/answer.js'
import { prepareQuestionnaire, sendQuestionnaire } from '../../src/questionnaires/actions/ask.js'
import { addFileToAnswer } from '../../src/questionnaires/records/answers.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'
import { engagementByReference, vendorsByIds } from '../../src/register/actions.js'
import type { Tilsyn } from '../support/app.js'

/** The yearly questionnaire to a sub-processor of the town, some of it answered, with a file. */
export async function questionnaireInTown(
  officer: Context,
): Promise<{ link: string; section: string; question: string; file: string; reference: string }> {
  const { questionnaire, link } = await askedInTown(officer)
  const by = { name: questionnaire.owner.name, part: 'owner' as const }
  for (const [question, value] of [
    ['S01.04', 'notreq'],
    ['S02.02', 'yes'],
    ['S08.02', ['DK', 'US']],
  ] as const)
    await saveAnswer(officer, questionnaire, { question, value, comment: '', seen: 0, by, origin: 'typed' })
  const file = await storeFile(officer, {
    name: 'politik.pdf',
    bytes: Buffer.from('%PDF-1.7\n%âãÏÓ\npolitik\n%%EOF\n'),
    about: { kind: 'questionnaire', id: questionnaire._id },
  })
  await addFileToAnswer(questionnaire._id, 'S02.02', file._id)
  const { reference } = questionnaire
  return { link, section: 'S08', question: 'S02.02', file: file._id, reference }
}

/** Asked, with the link in the mail. */
export async function askedInTown(
  officer: Context,
  engagementReference = 'E-0001',
): Promise<{ questionnaire: Questionnaire; link: string }> {
  const engagement = await engagementByReference(engagementReference)
  const [vendor] = engagement ? await vendorsByIds([engagement.vendor]) : []
  if (!engagement || !vendor) throw new Error('no such engagement in the town')
  const year = Number(officer.today.slice(0, 4))
  const prepared = await prepareQuestionnaire(officer, {
    year,
    vendor: vendor._id,
    engagements: [engagement._id],
    set: { id: 'gdpr-subprocessor-yearly', version: '2026.1' },
    why: 'yearly',
    owner: { name: 'Mette Sørensen', email: 'mette@underdatabehandler.example', locale: 'da', contact: null },
    dueOn: `${year + 1}-01-15`,
  })
  const questionnaire = await sendQuestionnaire(officer, prepared.reference)
  const [link] = await linksFor('questionnaire', questionnaire._id)
  if (!link) throw new Error('nobody was sent a link')
  return { questionnaire, link: link._id }
}

/** What vendors' contacts click in their mails: each opens one link, and a browser keeps them apart by their addresses. */
export async function vendorEntries(tilsyn: Tilsyn): Promise<string[]> {
  const kinds = ['questionnaire', 'statement-request', 'finding', 'departure', 'breach']
  const links = await Links.find({ 'about.kind': { $in: kinds } }).lean<Link[]>()
  return links
    .filter(({ revokedAt }) => revokedAt === null)
    .map((link) => new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname)
}

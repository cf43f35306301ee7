/** A questionnaire that has been asked, and whoever came by a link to it. */
import request from 'supertest'
import { ensureVendorLink, linkMaker, linkUrl } from '../../src/auth/links.js'
import { aWorld } from '../notices/world.js'
import type { Value } from '../../src/question-sets/rules/answer.js'
import type { Question } from '../../src/question-sets/rules/set.js'
import { saveAnswer } from '../../src/questionnaires/actions/answer.js'
import { prepareQuestionnaire, sendQuestionnaire } from '../../src/questionnaires/actions/ask.js'
import { answeringOf } from '../../src/questionnaires/actions/respondent.js'
import { contactOf } from '../../src/questionnaires/actions/writing.js'
import { questionnaireById } from '../../src/questionnaires/records/questionnaires.js'
import type { Owner, Questionnaire, Share } from '../../src/questionnaires/rules/questionnaire.js'
import { lackingIn } from '../../src/questionnaires/rules/responding.js'
import { vendorsByIds } from '../../src/register/actions.js'
import type { Vendor } from '../../src/register/rules.js'
import type { Tilsyn } from '../support/app.js'
import type { Agent } from '../support/people.js'

export const yearly = { id: 'gdpr-subprocessor-yearly', version: '2026.1' }
export const short = { id: 'gdpr-subprocessor-short', version: '2026.1' }
export const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\npolitik\n%%EOF\n')

export type Asked = { questionnaire: Questionnaire; vendor: Vendor }

export async function asked(
  tilsyn: Tilsyn,
  { set = yearly, owner = {} }: { set?: typeof yearly; owner?: Partial<Owner> } = {},
): Promise<Asked> {
  const { planned } = await aWorld(tilsyn)
  return askedOf(tilsyn, planned, { set, owner })
}

export async function askedOf(
  tilsyn: Tilsyn,
  engagement: { _id: string; vendor: string },
  {
    set = yearly,
    owner = {},
    year = 2026,
  }: { set?: typeof yearly; owner?: Partial<Owner>; year?: number } = {},
): Promise<Asked> {
  const [vendor] = await vendorsByIds([engagement.vendor])
  if (!vendor) throw new Error('no vendor')
  const contact = vendor.contacts[0]
  const prepared = await prepareQuestionnaire(tilsyn.context(), {
    year,
    vendor: vendor._id,
    engagements: [engagement._id],
    set,
    why: 'yearly',
    owner: {
      name: contact?.name ?? '',
      email: contact?.email ?? '',
      locale: 'da',
      contact: contact?.id ?? null,
      ...owner,
    },
    dueOn: `${Number(tilsyn.today().slice(0, 4)) + 1}-01-15`,
  })
  return { questionnaire: await sendQuestionnaire(tilsyn.context(), prepared.reference), vendor }
}

export type Visitor = { agent: Agent; base: string; path: string }

/** The owner of the questionnaire, come by the link in the mail. */
export async function ownerOf(tilsyn: Tilsyn, questionnaire: Questionnaire): Promise<Visitor> {
  return visitorBy(tilsyn, questionnaire, contactOf(questionnaire.owner))
}

export async function colleagueOf(
  tilsyn: Tilsyn,
  questionnaire: Questionnaire,
  share: Share,
): Promise<Visitor> {
  return visitorBy(tilsyn, questionnaire, `share:${share._id}`)
}

async function visitorBy(tilsyn: Tilsyn, { _id, vendor }: Questionnaire, contact: string): Promise<Visitor> {
  const link = await ensureVendorLink(tilsyn.context(), {
    vendor,
    contact,
    about: { kind: 'questionnaire', id: _id },
    // As late as any test looks.
    expiresOn: '2029-12-31',
  })
  const agent = request.agent(tilsyn.app)
  const path = new URL(linkUrl(link, linkMaker(tilsyn.house))).pathname
  await agent.get(path)
  return { agent, base: `/v/${link._id}`, path }
}

export async function now({ _id }: Pick<Questionnaire, '_id'>): Promise<Questionnaire> {
  const found = await questionnaireById(_id)
  if (!found) throw new Error('the questionnaire is gone')
  return found
}

/** The form of a page as a browser without scripts would send it: what stands in its fields, and what is changed. */
export async function sendForm(
  { agent }: Pick<Visitor, 'agent'>,
  page: string,
  changes: Record<string, string | string[] | null> = {},
  to?: string,
) {
  const { text } = await agent.get(page)
  return agent
    .post(to ?? page)
    .type('form')
    .send(filled(text, changes))
}

/** `null`: the field is left out. */
export function filled(html: string, changes: Record<string, string | string[] | null> = {}): string {
  const form = /<form method="post"[^>]*id="answers"[\s\S]*?<\/form>/.exec(html)?.[0] ?? html
  const body = new URLSearchParams()
  const add = (name: string | undefined, value: string) => {
    if (name && !(name in changes) && !(name === '_csrf' && body.has(name)))
      body.append(name, unescaped(value))
  }
  for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
    const type = attribute(input, 'type') ?? 'text'
    if (['radio', 'checkbox'].includes(type) && !/\schecked/.test(input)) continue
    if (type !== 'file') add(attribute(input, 'name'), attribute(input, 'value') ?? '')
  }
  for (const [, tag = '', value = ''] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(attribute(tag, 'name'), value.replace(/^\n/, ''))
  for (const [, tag = '', inner = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g))
    add(attribute(tag, 'name'), /<option value="([^"]*)" selected/.exec(inner)?.[1] ?? '')
  for (const [name, value] of Object.entries(changes))
    for (const one of [value ?? []].flat()) body.append(name, one)
  return body.toString()
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
}

function unescaped(text: string): string {
  return text
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** An answer of the right shape to any question: the best option, and Denmark. */
function someAnswer(question: Question): Value | null {
  const [best] = question.options.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1))
  const texts = (...parts: string[]) =>
    Object.fromEntries(parts.map((part) => [part, part === 'country' ? 'DK' : part]))
  switch (question.type) {
    case 'single':
      return best?.id ?? null
    case 'multi':
      return best ? [best.id] : null
    case 'text':
      return 'Som aftalt.'
    case 'number':
      return Math.max(question.min ?? 0, Math.min(question.max ?? 60, 60))
    case 'date':
      return '2026-10-01'
    case 'countries':
      return ['DK']
    case 'contact':
      return {
        name: 'Ida Holm',
        email: 'ida@nyborg.example',
        phone: '12345678',
        incidents: 'vagt@nyborg.example',
      }
    case 'identity':
      return texts('name', 'registration', 'address', 'country') as unknown as Value
    case 'table':
      return [texts(...question.columns.map(({ id }) => id))]
    default:
      return null
  }
}

/** Answers all that has to be answered, as the owner would. */
export async function answerAll(tilsyn: Tilsyn, { _id }: Pick<Questionnaire, '_id'>): Promise<void> {
  const questionnaire = await now({ _id })
  for (let round = 0; round < 6; round += 1) {
    const { set, given, around, answers } = await answeringOf(questionnaire, tilsyn.today())
    const lacking = lackingIn(set, given, around)
    if (lacking.length === 0) return
    for (const question of lacking)
      await saveAnswer(tilsyn.context({ kind: 'vendor', id: 'ida' }), questionnaire, {
        question: question.id,
        value: someAnswer(question),
        comment: 'Se vores politik.',
        seen: answers.find((answer) => answer.question === question.id)?.version ?? 0,
        by: { name: questionnaire.owner.name, part: 'owner' },
        origin: 'typed',
      })
  }
  throw new Error('there is always something lacking')
}

import type { Context, Locale } from '../../base/context.js'
import { exampleOfDeclaration } from '../../audits/actions/example.js'
import { organisation } from '../../auth/organisation.js'
import { exampleOfBreach } from '../../breaches/actions/example.js'
import { linkRenewedMail } from '../../customers/mails.js'
import { exampleOfDeparture } from '../../departures/actions/example.js'
import type { MailContent } from '../../mail/actions.js'
import type { Wording } from '../../mail/wording.js'
import { exampleLetter } from '../../notices/actions.js'
import { exampleRecipient } from '../../notices/rules/example.js'
import { exampleMail } from '../../objections/actions.js'
import { answerMail } from '../../replies/mails.js'
import type { Reply } from '../../replies/rules.js'
import { exampleOfRequest } from '../../requests/actions/example.js'
import { exampleOfUse } from '../../unpermitted-use/actions/example.js'
import { codeMail } from '../mails.js'

type Words = { locale: Locale; wording: Wording | null }

/** The mail of that group of texts as a customer would get it, worded with these words; null where there is no such group. */
export async function exampleToCustomer(
  context: Context,
  group: string,
  words: Words,
): Promise<MailContent | null> {
  switch (group) {
    case 'code':
    case 'reply-answer':
      return aboutNotice(context, group, words)
    case 'unpermitted-use':
      return exampleOfUse(context, words)
    case 'breach':
      return exampleOfBreach(context, words)
    case 'departure-ended':
    case 'departure-chosen':
    case 'departure-confirmed':
      return exampleOfDeparture(context, group, words)
    case 'request-receipt':
    case 'request-answer':
    case 'request-told':
    case 'request-declined':
    case 'request-message':
    case 'request-reminder':
      return exampleOfRequest(context, group, words)
    case 'declaration':
    case 'declaration-shared':
      return exampleOfDeclaration(context, group, words)
    case 'link-renewed':
      return linkRenewed(words)
    default:
      return exampleMail(context, group, words)
  }
}

async function aboutNotice(
  context: Context,
  group: 'code' | 'reply-answer',
  words: Words,
): Promise<MailContent> {
  const { notice, recipient: content } = await exampleLetter(context, 'approval', words)
  const recipient = exampleRecipient(content)
  const contact = contactFor(words.locale)
  const to = { notice, recipient, contact }
  if (group === 'reply-answer') {
    const said = {
      da: 'Nej, kun to navngivne medarbejdere har adgang.',
      en: 'No, only two named employees have access.',
    }
    const reply = { _id: 'example', reference: 'RE-000', earlier: [] } as unknown as Reply
    return answerMail(reply, said[words.locale], { ...to, link: 'example' }).content
  }
  const approves = { da: 'I godkender ændringen.', en: 'You approve the change.' }
  const statement = {
    kind: 'answer' as const,
    by: { name: contact.name, title: words.locale === 'da' ? 'direktør' : 'director' },
    words: [approves[words.locale]],
    notice: notice.reference,
    lines: [],
    waive: [],
    instruction: null,
  }
  return codeMail('example', statement, to).content
}

async function linkRenewed({ locale, wording }: Words): Promise<MailContent> {
  const house = await organisation()
  const customer = { _id: 'example', name: 'Eksempelby Kommune', caseNumber: '26/0117', sample: true }
  const { name, replyTo } = { name: house?.name ?? '', replyTo: house?.replyTo ?? '' }
  return linkRenewedMail(
    customer,
    contactFor(locale),
    { _id: 'example', tokenVersion: 1 },
    { name, replyTo },
    wording,
  ).content
}

function contactFor(locale: Locale) {
  return {
    id: 'example',
    name: 'Åse Ørsted',
    email: 'example@example.com',
    locale,
    dataProtection: true,
    mayApprove: true,
    from: '2020-01-01',
    to: null,
    order: 1,
  }
}

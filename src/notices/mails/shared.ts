/** One mail to a person who answers for several customers: each with its own dates and case number, the change told once. */
import type { MailContent, MailSection } from '../../mail/rules.js'
import { modeOf } from '../rules/modes.js'
import { lastDayIn } from './announcement.js'
import { ownCase, written, type Letter } from './letter.js'

export type Piece = { letter: Letter; content: MailContent }

/** Subjects longer than this are cut off by the common mail programs. */
const longestCases = 60

const weight = { approval: 0, notice: 1, information: 2 }

export function sharedMail(pieces: readonly Piece[]): MailContent {
  const ordered = pieces.toSorted(
    (a, b) => weight[modeOf(a.letter.recipient)] - weight[modeOf(b.letter.recipient)],
  )
  const [first] = ordered
  if (!first) throw new RangeError('a mail to nobody')
  const mail = written(first.letter)
  const { t, contact } = mail
  const own = ownCase(mail)
  const subject = first.content.subject.startsWith(own)
    ? first.content.subject.slice(own.length)
    : first.content.subject
  const cases = casesOf(pieces, t)
  return {
    ...(first.content.closing ? { closing: first.content.closing } : {}),
    subject: `${cases}: ${subject}`,
    lead: first.content.lead,
    greeting: t('shared:mail.greeting', { name: contact.name }),
    sections: [
      {
        heading: t('shared:mail.customers', { count: pieces.length }),
        paragraphs: [t('shared:mail.intro', { count: pieces.length })],
        rows: pieces.map(({ letter }) => rowOf(letter)),
      },
      ...sectionsOf(pieces),
    ],
    button: { label: t('shared:mail.button') },
  }
}

/** The customers' own case numbers where they fit into a subject, else how many customers there are. */
function casesOf(pieces: readonly Piece[], t: ReturnType<typeof written>['t']): string {
  const numbers = pieces.flatMap(({ letter }) => letter.recipient.caseNumber ?? [])
  const named = t('shared:mail.cases', { numbers: [...new Set(numbers)].join(', ') })
  return numbers.length === pieces.length && named.length <= longestCases
    ? named
    : t('shared:mail.count', { count: pieces.length })
}

function rowOf(letter: Letter): [string, string] {
  const { recipient, t, day } = written(letter)
  const mode = modeOf(recipient)
  const last = lastDayIn(recipient)
  const name = recipient.caseNumber
    ? t('shared:mail.customer-case', { name: recipient.customerName, number: recipient.caseNumber })
    : recipient.customerName
  if (mode === 'information' || last === null) return [name, t('notices:asks.information')]
  return [name, `${t(`notices:asks.${mode}`)}. ${t(`notices:row.last-day-${mode}`)}: ${day(last)}`]
}

/** What is said to several in the same words is said once; else each reads under its name what is said to it. */
function sectionsOf(pieces: readonly Piece[]): MailSection[] {
  const said = new Map<string, { names: string[]; sections: MailSection[] }>()
  for (const { letter, content } of pieces) {
    const key = JSON.stringify(content.sections)
    const group = said.get(key) ?? { names: [], sections: content.sections }
    group.names.push(letter.recipient.customerName)
    said.set(key, group)
  }
  const groups = [...said.values()]
  return groups.flatMap(({ names, sections }) =>
    groups.length === 1 ? sections : [{ heading: names.join(', ') }, ...sections],
  )
}

/** Answering on the customer's page: what there is to answer, in which words it is confirmed, and who may. */
import type { Locale } from '../../base/context.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { linesOf } from '../../notices/mails/announcement.js'
import { answerFrom, answerRows, answersGiven } from '../../notices/page/answers.js'
import { lineTitle, type Rows } from '../../notices/page/facts.js'
import { isAnswerable } from '../../notices/rules/answers.js'
import { comes, type Notice } from '../../notices/rules/notice.js'
import type { Recipient } from '../../notices/rules/recipient.js'
import type { Contact } from '../../customers/rules.js'
import { countryName, instructionCovers, usesInstructed, usesOf } from '../../transfers/rules.js'
import type { AnswerInput } from '../form.js'
import type { Offers } from '../rules.js'

type Told = { notice: Notice; recipient: Recipient }

/** On the notice's page: whether there is something to answer, who may, and what has been answered. */
export function answerSection(
  { notice, recipient }: Told,
  { answer: offered }: Offers,
  reader: {
    contact: Pick<Contact, 'id' | 'mayApprove'>
    approvers: readonly Contact[]
    locale: Locale
    url: string
  },
) {
  const t = textIn(reader.locale)
  const { contact, approvers, locale, url } = reader
  const given = answersGiven(recipient).map((each) => ({
    rows: [
      ...answerRows(each, notice, recipient, t),
      ...answerFrom(each, t),
      [t('answers:when'), formatInstant(each.at, locale, notice.rules.zone)],
    ] as Rows,
  }))
  const mailbox = notice.sender?.replyTo ?? ''
  const consentOnly = offered.approve.length === 0 && !offered.instruct
  return {
    given,
    ask: isAnswerable(offered)
      ? {
          url: `${url}/answer`,
          passOnUrl: `${url}/pass-on`,
          title: t(`answers:ask.title-${askedFor(offered)}`),
          // Who may not approve is told who may; how one approves is of no use to them.
          lead:
            contact.mayApprove || offered.approve.length === 0
              ? t(`answers:ask.lead-${askedFor(offered)}`)
              : '',
          silence: offered.approve.length > 0 ? t('customer-page:approve.silence') : '',
          button: t(`answers:ask.button-${askedFor(offered)}`),
          objecting: recipient.openObjections.length > 0 ? t('answers:ask.objecting') : '',
          mine: contact.mayApprove,
          consentOnly,
          others: approvers
            .filter(({ id }) => id !== contact.id)
            .map(({ id, name, title }) => ({ id, name, who: title ? `${name}, ${title}` : name })),
          inWriting: t('answers:ask.in-writing', { mailbox }),
          nobody: t('answers:ask.nobody', { mailbox }),
        }
      : null,
  }
}

function askedFor({ approve, instruct }: Offers['answer']): 'approval' | 'instruction' | 'consent' {
  if (approve.length > 0) return 'approval'
  return instruct ? 'instruction' : 'consent'
}

/** The form itself. */
export function answerForm({ notice, recipient }: Told, { answer: offered }: Offers, locale: Locale) {
  const t = textIn(locale)
  const customer = recipient.customerName
  const lines = namedLines({ notice, recipient }, locale)
  const choices = ['approved', 'refused', ...(offered.approve.length > 1 ? ['later'] : [])]
  const instruction = offered.instruct ? instructionWords({ notice, recipient }, locale) : null
  return {
    formTitle: t(`answers:form.title-${askedFor(offered)}`),
    formLead: t('answers:form.lead', { customer }),
    asked: offered.approve.map((line) => ({
      field: `answers.${line}`,
      label: lines.get(line) ?? '',
      options: choices.map((value) => ({ value, text: t(`answers:choice.${value}`, { customer }) })),
    })),
    waive:
      offered.waive.length > 0
        ? {
            label: t('answers:form.waive', { customer }),
            hint: t('answers:form.waive-hint', {
              changes: offered.waive.map((line) => lines.get(line) ?? '').join('; '),
            }),
          }
        : null,
    instruction: instruction && { label: instruction.words, hint: t('answers:form.instruction-hint') },
  }
}

/** What the person confirms: a sentence for each thing, each change by name. */
export function answerInWords(
  told: Told,
  input: AnswerInput,
  { waive, instruction }: { waive: readonly string[]; instruction: { words: string } | null },
  locale: Locale,
): string[] {
  const t = textIn(locale)
  const lines = namedLines(told, locale)
  const customer = told.recipient.customerName
  return [
    ...input.lines.map(({ line, answer }) =>
      t(`answers:statement.${answer}`, { customer, change: lines.get(line) ?? '' }),
    ),
    ...(waive.length > 0
      ? [
          t('answers:statement.waive', {
            customer,
            changes: waive.map((line) => lines.get(line) ?? '').join('; '),
          }),
        ]
      : []),
    ...(instruction ? [instruction.words] : []),
  ]
}

/** The instruction that is missing (C.6), in words: to which countries, on which basis, by whom. */
export function instructionWords(
  { notice, recipient }: Told,
  locale: Locale,
): { countries: string[]; words: string } {
  const t = textIn(locale)
  const asked = new Set(recipient.lines.flatMap(({ line, mode }) => (mode === 'information' ? [] : [line])))
  const coming = notice.lines.flatMap((line) => (asked.has(line.id) ? (comes(line) ?? []) : []))
  const instruction = recipient.agreement.transferInstruction
  const all = coming.flatMap(({ vendorName, transfers, storageCountries, accessCountries }) =>
    transfers.map(({ country, basis }) => {
      const there = transfers.filter((transfer) => transfer.country === country)
      const uses = usesOf(country, storageCountries, accessCountries)
      // A fallback beside a basis that is instructed needs no instruction of its own.
      const covered = usesInstructed(uses, there, instruction)
      return { vendorName, country, basis, covered }
    }),
  )
  const uncovered = all.filter((each) => !each.covered && !instructionCovers(each, instruction))
  const wanted = uncovered.length > 0 ? uncovered : all
  const transfers = wanted.map(({ vendorName, country, basis }) =>
    t('answers:statement.transfer', {
      country: countryName(country, locale),
      basis: t(`transfers:basis.${basis}`),
      name: vendorName,
    }),
  )
  return {
    countries: [...new Set(wanted.map(({ country }) => country))],
    words: t('answers:statement.instruction', {
      customer: recipient.customerName,
      sender: notice.sender?.name ?? '',
      transfers: transfers.join('; '),
    }),
  }
}

function namedLines({ notice, recipient }: Told, locale: Locale): Map<string, string> {
  const t: Text = textIn(locale)
  return new Map(
    linesOf(notice.lines, recipient).map((line) => {
      const activity = comes(line)?.activity[locale] ?? ''
      return [
        line.id,
        activity ? t('answers:statement.line', { change: lineTitle(line, t), activity }) : lineTitle(line, t),
      ]
    }),
  )
}

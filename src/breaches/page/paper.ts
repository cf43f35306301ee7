/** The notice to one customer as a paper: Art. 33(3), part by part, with what each phase added. */
import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/blocks.js'
import type { PdfInput } from '../../documents/pdf.js'
import { textIn } from '../../i18n/texts.js'
import type { Sender } from '../../notices/rules.js'
import { isOurs, wordsIn, type AffectedCustomer, type Breach, type Phase } from '../rules.js'
import { paragraphs, partsOf, timesOf } from './facts.js'
import { momentInWords, type Reading } from './moment.js'

export type Paper = {
  breach: Breach
  phase: Phase
  affected: Pick<AffectedCustomer, 'customerName' | 'customerReference' | 'services' | 'toldAt' | 'foundAt'>
  services: readonly string[]
  sender: Sender
}

export function noticePaper(paper: Paper, reading: Reading): PdfInput {
  const { breach, phase, affected, services, sender } = paper
  const { locale } = reading
  const t = textIn(locale)
  const ours = isOurs(breach)
  return {
    title: t(ours ? 'breaches:paper.title-pass' : 'breaches:paper.title'),
    kicker: sender.name,
    subject: breach.reference,
    author: sender.name,
    locale,
    createdAt: phase.at,
    blocks: [
      {
        kind: 'pairs',
        rows: [
          [t('breaches:paper.to'), `${affected.customerName} (${affected.customerReference})`],
          [t('breaches:paper.from'), `${sender.name}, ${sender.registration}, ${sender.address}`],
          [
            t('breaches:paper.phase'),
            t('breaches:paper.phase-of', { number: phase.number, at: momentInWords(phase.at, reading) }),
          ],
          ...timesOf(breach, services, reading, affected),
        ],
      },
      ...(phase.number > 1 ? section(t('breaches:mail.news'), wordsIn(phase.content.news, locale)) : []),
      ...(ours ? passOn(paper, locale) : asked(phase, locale)),
    ],
    footer: `${sender.name} · ${breach.reference} · ${affected.customerReference}`,
    pageLabel: (page, pages) => t('breaches:paper.page', { page, pages }),
  }
}

function asked({ content }: Phase, locale: Locale): Block[] {
  const t = textIn(locale)
  return [
    { kind: 'heading', text: t('breaches:paper.article') },
    {
      kind: 'pairs',
      rows: partsOf(content, locale).map(({ point, label, text }) => [`${point}) ${label}`, text]),
    },
    ...section(t('breaches:mail.advice'), wordsIn(content.advice, locale)),
    { kind: 'heading', text: t('breaches:mail.own-duty') },
    { kind: 'paragraph', text: t('breaches:mail.own-duty-what') },
    {
      kind: 'list',
      items: [
        t('breaches:mail.own-authority'),
        t('breaches:mail.own-subjects'),
        t('breaches:mail.own-record'),
      ],
    },
  ]
}

function passOn({ breach, phase, sender }: Paper, locale: Locale): Block[] {
  const t = textIn(locale)
  const who = breach.role === 'provider' ? (breach.vendorName ?? sender.name) : sender.name
  return [
    { kind: 'lead', text: t('breaches:mail.pass-duty', { sender: sender.name, who }) },
    ...section(t('breaches:mail.pass-da'), phase.content.passOn.da),
    ...section(t('breaches:mail.pass-en'), phase.content.passOn.en),
  ]
}

function section(heading: string, text: string): Block[] {
  const found = paragraphs(text)
  return found.length === 0
    ? []
    : [{ kind: 'heading', text: heading }, ...found.map((each): Block => ({ kind: 'paragraph', text: each }))]
}

export function noticeName(
  { breach, affected, phase }: Pick<Paper, 'breach' | 'affected' | 'phase'>,
  locale: Locale,
): string {
  const facts = { reference: breach.reference, customer: affected.customerReference, number: phase.number }
  return `${textIn(locale)('breaches:paper.file', facts)}.pdf`
}

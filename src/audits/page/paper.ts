/** The declaration as a paper (DPA C.7): what was frozen, word for word, and who signed it. */
import type { Locale } from '../../base/context.js'
import type { Block, PdfInput } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { AuditState, Signature } from '../rules/audit.js'
import { shortHash } from '../rules/canonical.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { appendixBlocks, deviationBlocks, resultBlocks } from './paper-controls.js'
import { figureBlocks } from './paper-figures.js'
import { findingBlocks, reviewBlocks, revisitedBlocks } from './paper-parts.js'
import { signatureBlocks } from './paper-signatures.js'
import { paragraphs } from './paper-words.js'

/** What stands on the paper besides the facts. */
export type PaperState = {
  state: AuditState
  /** Of the facts; null in a draft. */
  hash: string | null
  signatures: readonly Signature[]
  /** The correction that took its place. */
  replacedBy: { reference: string; signedOn: string } | null
  madeAt: Date
  zone: string
  sample: boolean
}

export function declarationPaper(facts: DeclarationFacts, paper: PaperState, locale: Locale): PdfInput {
  const t = textIn(locale)
  const numbered = numbers()
  const section = (key: string, blocks: readonly Block[]): Block[] => [
    { kind: 'heading', text: `${numbered()}. ${t(`declaration:section.${key}`)}`, room: 110 },
    ...blocks,
  ]
  const said = (text: string): Block[] => paragraphs(text, t)
  return {
    title: t('declaration:paper.title', { year: facts.year }),
    kicker: t('declaration:paper.kicker', { organisation: facts.organisation.name }),
    subject: t('declaration:paper.subject', { reference: facts.reference, edition: facts.edition }),
    author: facts.organisation.name,
    locale,
    createdAt: paper.madeAt,
    bookmarks: true,
    footer: footerOf(facts, paper, t),
    pageLabel: (page, pages) => t('declaration:paper.page', { page, pages }),
    blocks: [
      ...standingBlocks(facts, paper, locale),
      { kind: 'lead', text: t('declaration:paper.not-assurance') },
      { kind: 'paragraph', text: t('declaration:paper.not-assurance-more') },
      { kind: 'paragraph', text: t('declaration:paper.for', { organisation: facts.organisation.name }) },
      { kind: 'pairs', rows: aboutRows(facts, paper, locale) },
      ...section('conclusion', said(facts.conclusion[locale])),
      ...section('scope', scopeBlocks(facts, locale)),
      ...section('method', methodBlocks(facts, locale)),
      ...section('results', resultBlocks(facts, locale)),
      ...section('deviations', deviationBlocks(facts, locale)),
      ...section('findings', findingBlocks(facts, locale)),
      ...figureBlocks(facts, { locale, zone: paper.zone }, section),
      ...section('risks', revisitedBlocks(facts, locale)),
      ...section('changes', said(facts.changesSinceLast[locale])),
      ...section('review', reviewBlocks(facts, locale)),
      ...section('signatures', signatureBlocks(facts, paper, locale)),
      ...appendixBlocks(facts, locale),
    ],
  }
}

/** 'Intern GDPR-revision 2026 AU-2026 da.pdf' */
export function paperName(
  { reference, year }: Pick<DeclarationFacts, 'reference' | 'year'>,
  locale: Locale,
  format: 'pdf' | 'docx',
): string {
  return `${textIn(locale)('declaration:paper.file', { reference, year })}.${format}`
}

/** What a reader must know before anything else: a draft, a sample, one that no longer counts, one that replaces another. */
function standingBlocks(
  facts: DeclarationFacts,
  { state, replacedBy, sample }: PaperState,
  locale: Locale,
): Block[] {
  const t = textIn(locale)
  const day = (on: string) => formatDay(on, locale)
  const lines: Block[] = []
  if (sample) lines.push({ kind: 'note', text: t('declaration:paper.sample') })
  if (state === 'open') lines.push({ kind: 'lead', text: t('declaration:paper.draft') })
  if (state === 'to-sign') lines.push({ kind: 'lead', text: t('declaration:paper.to-sign') })
  if (replacedBy)
    lines.push({
      kind: 'lead',
      text: t('declaration:paper.replaced', {
        reference: replacedBy.reference,
        day: day(replacedBy.signedOn),
      }),
    })
  if (facts.replaces) {
    const { reference, signedOn, why } = facts.replaces
    lines.push(
      { kind: 'lead', text: t('declaration:paper.replaces', { reference, day: day(signedOn) }) },
      { kind: 'paragraph', text: t('declaration:paper.replaces-why', { why: why[locale] }) },
    )
  }
  return lines
}

function aboutRows(facts: DeclarationFacts, { hash }: PaperState, locale: Locale): [string, string][] {
  const t = textIn(locale)
  const { organisation, period } = facts
  const { dpo } = organisation
  return [
    [
      t('declaration:about.organisation'),
      [organisation.name, organisation.registration, organisation.address].filter(Boolean).join(', '),
    ],
    [
      t('declaration:about.reference'),
      t('declaration:about.edition', { reference: facts.reference, edition: facts.edition }),
    ],
    [t('declaration:about.period'), t('declaration:about.from-to', between(period, locale))],
    [t('declaration:about.dpo'), [dpo.name, dpo.email, dpo.phone].filter(Boolean).join(', ')],
    ...(hash ? [[t('declaration:about.hash'), hash] satisfies [string, string]] : []),
  ]
}

function scopeBlocks(facts: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  const list = (items: readonly string[]) =>
    items.length === 0 ? t('declaration:scope.none') : items.join('\n')
  return [
    ...paragraphs(facts.scope[locale], t),
    {
      kind: 'pairs',
      rows: [
        [t('declaration:about.period'), t('declaration:about.from-to', between(facts.period, locale))],
        [t('declaration:scope.services'), list(facts.services.map((service) => service[locale]))],
        [t('declaration:scope.sites'), list(facts.sites)],
        [t('declaration:scope.agreements'), list(facts.agreementVersions)],
        [
          t('declaration:scope.controls'),
          t('declaration:scope.control-set', { version: facts.controlSet.version, count: controlsIn(facts) }),
        ],
      ],
    },
    { kind: 'note', text: t('declaration:scope.single-agreements') },
  ]
}

function methodBlocks(facts: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  const { name, title } = facts.ledBy
  const operated = facts.areas.flatMap(({ controls }) => controls.filter(({ operates }) => operates))
  return [
    { kind: 'paragraph', text: t('declaration:method.led', { name, title: t(`auth:role.${title}`) }) },
    { kind: 'paragraph', text: t('declaration:method.how'), keep: true },
    {
      kind: 'list',
      items: (['inquiry', 'inspection', 'observation', 're-performance'] as const).map((method) =>
        t(`declaration:method.means.${method}`),
      ),
    },
    ...(facts.independence
      ? paragraphs(facts.independence[locale], t)
      : [{ kind: 'paragraph' as const, text: t('declaration:method.independent') }]),
    ...(operated.length > 0
      ? [
          {
            kind: 'paragraph' as const,
            text: t('declaration:method.operated', { controls: operated.map(({ id }) => id).join(', ') }),
          },
        ]
      : []),
  ]
}

function footerOf(
  { organisation, reference, edition }: DeclarationFacts,
  { hash, state }: PaperState,
  t: Text,
): string {
  const facts = { organisation: organisation.name, reference, edition }
  if (!hash) return t('declaration:paper.footer-draft', facts)
  const key = state === 'replaced' ? 'footer-replaced' : state === 'signed' ? 'footer' : 'footer-unsigned'
  return t(`declaration:paper.${key}`, { ...facts, hash: shortHash(hash) })
}

function between({ from, to }: DeclarationFacts['period'], locale: Locale) {
  return { from: formatDay(from, locale), to: formatDay(to, locale) }
}

function controlsIn({ areas }: DeclarationFacts): number {
  return areas.reduce((sum, { controls }) => sum + controls.length, 0)
}

function numbers(): () => number {
  let number = 0
  return () => (number += 1)
}

import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/blocks.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { DeclarationFacts, FindingFacts } from '../rules/declaration.js'
import { dayIn, paragraphs } from './paper-words.js'

/** What is not as it should be, who puts it right and by when. */
export function findingBlocks({ findings }: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  if (findings.length === 0) return [{ kind: 'paragraph', text: t('declaration:findings.none') }]
  const row = (finding: FindingFacts) => [
    finding.reference,
    finding.carried
      ? `${finding.text[locale]}\n${t('declaration:findings.carried', { year: finding.openedOn.slice(0, 4) })}`
      : finding.text[locale],
    t(`findings:severity.${finding.severity}`),
    finding.owner ?? t('declaration:findings.nobody'),
    formatShortDay(finding.dueOn, locale),
    t(`findings:state.${finding.state}`),
  ]
  return [
    { kind: 'paragraph', text: t('declaration:findings.lead', { count: findings.length }), keep: true },
    {
      kind: 'table',
      headings: (['reference', 'text', 'severity', 'owner', 'due', 'state'] as const).map((column) =>
        t(`declaration:findings.${column}`),
      ),
      rows: findings.map(row),
    },
  ]
}

/** DPA C.7: risk assessments revisited, the present threats, and what happened in the year. */
export function revisitedBlocks(facts: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  return (['risks', 'threats', 'incidents'] as const).flatMap((kind): Block[] => {
    const rows = facts[kind]
    return [
      { kind: 'heading', text: t(`declaration:revisited.${kind}`), level: 3, room: 90 },
      ...(rows.length === 0
        ? [{ kind: 'paragraph' as const, text: t(`declaration:revisited.no-${kind}`) }]
        : [
            {
              kind: 'table' as const,
              headings: [
                t('declaration:revisited.what'),
                t('declaration:revisited.on'),
                t('declaration:revisited.text'),
              ],
              rows: rows.map(({ what, on, text, reference }) => [
                reference ? `${what[locale]} (${reference})` : what[locale],
                formatShortDay(on, locale),
                text[locale],
              ]),
              widths: [0.3, 0.16, 0.54],
            },
          ]),
    ]
  })
}

export function reviewBlocks({ review }: DeclarationFacts, locale: Locale): Block[] {
  const t = textIn(locale)
  return [
    {
      kind: 'pairs',
      rows: [
        [t('declaration:review.on'), dayIn(review.on, locale)],
        [
          t('declaration:review.participants'),
          review.participants.join(', ') || t('declaration:paper.nothing-yet'),
        ],
      ],
    },
    ...paragraphs(review.text[locale], t),
    ...(review.decisions.length === 0
      ? [{ kind: 'paragraph' as const, text: t('declaration:review.no-decisions') }]
      : [
          {
            kind: 'table' as const,
            headings: [
              t('declaration:review.decision'),
              t('declaration:review.about'),
              t('declaration:review.responsible'),
              t('declaration:review.due'),
            ],
            rows: review.decisions.map(({ text, responsible, dueOn, about }) => [
              text[locale],
              about ?? '–',
              responsible,
              formatShortDay(dueOn, locale),
            ]),
          },
        ]),
  ]
}

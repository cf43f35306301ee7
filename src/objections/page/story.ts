import type { Locale } from '../../base/context.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Objection, ObjectionMessage } from '../rules.js'
import type { Names } from './words.js'

export type StoryEntry = {
  at: Date
  title: string
  text: string
  tone: 'customer' | 'us' | 'internal' | 'step'
}

/** The case as it happened: what came, what was said to and fro, what was decided. */
export function storyOf(objection: Objection, names: Names, locale: Locale): StoryEntry[] {
  const t = textIn(locale)
  const steps = objection.moves.flatMap((move): StoryEntry[] => {
    const by = names.get(move.by.id) ?? ''
    const said = (title: string, text = '') => [
      { at: move.at, title, text: [by, text].filter(Boolean).join(': '), tone: 'step' as const },
    ]
    switch (move.event) {
      case 'objection.assessed':
        return said(t('objections:story.assessed'), words(move.personal?.['assessment']))
      case 'objection.remedy-proposed':
        return said(t('remedies:story'), words(move.personal?.['text']))
      case 'objection.settled':
        return said(
          t('objections:story.settled', {
            outcome: t(`objections:outcome.${words(move.facts['outcome'])}`),
          }),
          words(move.personal?.['note']),
        )
      default:
        return []
    }
  })
  return [
    {
      at: objection.receivedAt,
      title: t('objections:story.received'),
      text: objection.reasons ?? t('objections:case.noReasons'),
      tone: 'customer' as const,
    },
    ...objection.messages.map((message) => messageEntry(message, t)),
    ...steps,
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function messageEntry({ at, by, direction, text }: ObjectionMessage, t: Text): StoryEntry {
  const tone = { 'to-customer': 'us', 'from-customer': 'customer', internal: 'internal' } as const
  return { at, title: t(`objections:write.by.${direction}`, { name: by.name }), text, tone: tone[direction] }
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

import type { Locale } from '../../base/context.js'
import type { Task } from '../../base/task.js'
import { textIn } from '../../i18n/texts.js'
import {
  authorityUntil,
  customersUntil,
  minutesBetween,
  nextStep,
  owesAuthority,
  type Breach,
  type Standing,
} from '../rules.js'
import { spanInWords } from './moment.js'
import { urlOf, whereOf } from './words.js'

/** For the overview: what runs by the hour stands above everything that is counted in days. */
export function tasksOf(
  breaches: readonly { breach: Breach; standing: Standing }[],
  now: Date,
  locale: Locale,
): Task[] {
  const t = textIn(locale)
  return breaches.flatMap(({ breach, standing }): Task[] => {
    const next = nextStep(breach, standing, now)
    if (next === null) return []
    const until = endOf(breach, standing)
    const minutes = until && minutesBetween(now, until)
    const clock = minutes === null ? 'none' : minutes < 0 ? 'over' : ('left' as const)
    return [
      {
        severity: clock === 'none' && breach.state !== 'reported' ? 'due' : 'overdue',
        text: `breaches:task.${next}`,
        facts: {
          reference: breach.reference,
          where: whereOf(breach, t),
          count: standing.untold,
          span: minutes === null ? '' : spanInWords(Math.abs(minutes), locale),
        },
        note: clock === 'none' ? null : `breaches:task-note.${clock}`,
        action: `breaches:next.${next}`,
        url: urlOf(breach),
        post: false,
        // No day sorts before every day.
        on: null,
      },
    ]
  })
}

/** The first end of any hours that run. */
export function endOf(
  breach: Breach,
  standing: Pick<Standing, 'affected' | 'untold' | 'first'>,
): Date | null {
  const towards = customersUntil(breach, standing)
  const ends = [...(towards ? [towards] : []), ...(owesAuthority(breach) ? [authorityUntil(breach)] : [])]
  return ends.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
}

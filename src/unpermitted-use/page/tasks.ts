import { nextStep, type Finding, type Standing, type UseCase } from '../rules.js'
import { urlOf } from './words.js'

/** For the dashboard: `text`, `note` and `action` are text keys. */
export type UseTask = {
  severity: 'overdue' | 'due'
  text: string
  facts: Record<string, string | number>
  note: null
  action: string
  url: string
  post: boolean
  on: string
}

export function tasksOf(
  cases: readonly { useCase: UseCase; standing: Standing }[],
  findings: readonly Finding[],
): UseTask[] {
  return [
    ...cases.flatMap(({ useCase, standing }): UseTask[] => {
      const next = nextStep(useCase, standing)
      if (!next) return []
      return [
        {
          // Each day of it is one more without permission, and customers are to know without delay.
          severity: next === 'close' ? 'due' : 'overdue',
          text: `unpermitted:task.${next}`,
          facts: { reference: useCase.reference, vendor: useCase.vendorName, count: standing.untold },
          note: null,
          action: `unpermitted:next.${next}`,
          url: urlOf(useCase),
          post: false,
          on: useCase.discoveredOn,
        },
      ]
    }),
    ...findings.map((finding): UseTask => ({
      severity: 'overdue',
      text: 'unpermitted:task.finding',
      facts: { vendor: finding.vendorName, count: finding.count },
      note: null,
      action: 'unpermitted:next.look',
      url: '/unpermitted-use#findings',
      post: false,
      on: finding.foundOn,
    })),
  ]
}

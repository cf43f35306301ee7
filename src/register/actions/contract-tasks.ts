import { addDays, addMonths, type Day } from '../../base/day.js'
import type { Task } from '../../base/task.js'
import { contractsToTurn, countListed, vendorsByIds, whileListsStand } from '../records.js'
import { contractRunsOutOn, contractWarningMonths, uncontractedForList } from '../rules.js'

/** Told one by one up to here; more at once are a matter for the year's wheel. */
const mostTold = 20

const plain = { note: null, post: false, needs: 'register:write' } as const

/**
 * Clause 7.4 and Art. 28(4): no sub-processor without a contract. What is used without one, and contracts that run out soon with none
 * to follow. `lists`: the mark of the register's lists, once they are up to date.
 */
export async function contractTasks(today: Day, lists: Promise<string | null>): Promise<Task[]> {
  const [turning, without] = await Promise.all([
    contractsToTurn(addDays(today, 1), addMonths(today, contractWarningMonths)),
    lists.then((stamp) =>
      whileListsStand(stamp, uncontractedForList, () => countListed(uncontractedForList)),
    ),
  ])
  const ending = turning
    .flatMap(({ reference, vendor, contracts = [] }) => {
      const on = contractRunsOutOn(contracts, today)
      return on === null ? [] : [{ reference, vendor, on }]
    })
    .slice(0, mostTold)
  const names = new Map(
    (await vendorsByIds([...new Set(ending.map(({ vendor }) => vendor))])).map(({ _id, name }) => [
      _id,
      name,
    ]),
  )
  return [
    ...(without === 0
      ? []
      : [
          {
            ...plain,
            severity: 'blocked' as const,
            text: 'contracts:task.used-without',
            facts: { count: without },
            action: 'contracts:task-action.enter',
            url: '/engagements?role=sub-processor&state=in-use&missing=contract',
            on: null,
          },
        ]),
    ...ending.map(({ reference, vendor, on }): Task => ({
      ...plain,
      severity: 'due',
      text: 'contracts:task.runs-out',
      facts: { name: names.get(vendor) ?? reference, reference },
      action: 'contracts:task-action.renew',
      url: `/engagements/${reference}#agreed`,
      on,
    })),
  ]
}

import type { Timer } from '../jobs/actions.js'
import { publish } from './actions/publish.js'
import { forgetUnconfirmed } from './actions/subscribers.js'
import { tellSubscribers } from './actions/telling.js'

const minute = 60_000

export const publicListTimers: Timer[] = [
  {
    name: 'public-list.publish',
    every: 5 * minute,
    run: async (context) => ({ published: (await publish(context)) ? 1 : 0 }),
  },
  { name: 'public-list.tell-subscribers', every: minute, run: tellSubscribers },
  { name: 'public-list.forget-unconfirmed', every: 60 * minute, run: forgetUnconfirmed },
]

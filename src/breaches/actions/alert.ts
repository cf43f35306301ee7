import { staffMembers } from '../../auth/actions/people.js'
import type { Role } from '../../auth/permissions.js'
import type { Context } from '../../base/context.js'
import { breachHoursFor } from '../../customers/actions.js'
import { enqueue } from '../../mail/actions.js'
import type { Message } from '../../mail/rules.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { enteredMail, runningOutMail, type Colleague, type Whose } from '../mails.js'
import {
  alertDue,
  authorityUntil,
  customersUntil,
  isOurs,
  lastInstant,
  owesAuthority,
  servicesOf,
  usualHours,
  type Breach,
} from '../rules.js'
import { decideOn } from './move.js'
import { standingOf } from './standing.js'

const { zone } = danishDateRules
const alerted: readonly Role[] = ['officer', 'dpo', 'administrator']

async function colleagues(): Promise<Colleague[]> {
  return (await staffMembers())
    .filter(({ role, state }) => state === 'active' && alerted.includes(role))
    .map(({ _id, name, email, locale }) => ({ id: _id, name, address: email, locale }))
}

export async function tellStaff(context: Context, write: (colleague: Colleague) => Message): Promise<void> {
  await enqueue(context, (await colleagues()).map(write))
}

/** At once, before it is known whom it concerns: the shortest hours agreed with anyone who buys the services. */
export async function alertEntered(context: Context, breach: Breach): Promise<void> {
  const hours = isOurs(breach) ? [] : await breachHoursFor(servicesOf(breach))
  const until = isOurs(breach)
    ? authorityUntil(breach)
    : lastInstant(breach.awareAt, Math.min(usualHours, ...hours))
  await tellStaff(context, (colleague) => enteredMail(breach, until, zone, colleague))
  await decideOn(context, breach._id, (now) =>
    now.alerted === null
      ? { change: { alerted: 'entered' }, event: 'breach.staff-alerted', facts: { step: 'entered' } }
      : null,
  )
}

/** What is due by now, each step once: hours left for customers nobody has reached, and for the authority where it is ours to tell. */
export async function escalate(context: Context, breach: Breach): Promise<boolean> {
  const standing = await standingOf(breach)
  const { untold } = standing
  const towards = customersUntil(breach, standing)
  const owed: { whose: Whose; until: Date }[] = [
    ...(towards
      ? [{ whose: untold > 0 ? ('customers' as const) : ('unclear' as const), until: towards }]
      : []),
    ...(owesAuthority(breach) ? [{ whose: 'authority' as const, until: authorityUntil(breach) }] : []),
  ]
  let told = false
  for (const { whose, until } of owed) {
    const step = alertDue(context.now, breach.awareAt, until)
    if (step === null) continue
    const mark = `${whose}/${until.toISOString()}/${step}`
    if ((breach.alerted ?? '').split(' ').includes(mark)) continue
    const running = { now: context.now, until, step, untold, zone }
    await tellStaff(context, (colleague) => runningOutMail(breach, whose, running, colleague))
    const moved = await decideOn(context, breach._id, (now) => {
      const marks = (now.alerted ?? '').split(' ').filter(Boolean)
      if (marks.includes(mark)) return null
      // The last of each kind is enough to know what has been said.
      const others = marks.filter((each) => !each.startsWith(`${whose}/`))
      return {
        change: { alerted: [...others, mark].join(' ') },
        event: 'breach.escalated',
        facts: { whose, step, until, untold },
      }
    })
    told ||= moved !== null
  }
  return told
}

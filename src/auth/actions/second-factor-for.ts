import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import type { Role } from '../permissions.js'
import { moveSecondFactorFor, Organisations, readOrganisation } from '../records/organisation.js'
import { personById } from '../records/people.js'

/** Roles in which nobody may be without two-step sign-in; none unless the house has chosen so. */
export async function rolesWithSecondFactor(): Promise<Role[]> {
  return (await readOrganisation())?.secondFactorFor ?? []
}

/** Holds from each one's next sign-in on. */
export async function requireSecondFactor(context: Context, roles: Role[]): Promise<void> {
  const before = await rolesWithSecondFactor()
  if (before.join() === roles.join()) return
  const moved = await moveSecondFactorFor(roles, {
    at: context.now,
    by: context.actor,
    event: 'organisation.second-factor-required',
    facts: { before: { roles: before }, after: { roles } },
  })
  if (!moved) throw new NotFound()
  await record(Organisations, moved)
}

/** Whether this person has to set it up before anything else. */
export async function secondFactorIsDue(person: string): Promise<boolean> {
  const roles = await rolesWithSecondFactor()
  if (roles.length === 0) return false
  const found = await personById(person)
  return found !== null && !found.secondFactor && roles.includes(found.role)
}

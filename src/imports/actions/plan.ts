import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { everyCustomer } from '../../customers/actions.js'
import { allServices, approvedOnOrAfter, everyEngagement, everyVendor } from '../../register/actions.js'
import { lawNow } from '../../transfers/actions.js'
import type { Sheet } from '../reading/limits.js'
import { planCustomers, type CustomersPlan } from '../rules/customer-plan.js'
import type { Import } from '../records.js'
import { aliasesOf } from '../records/aliases.js'
import { neededField } from '../rules/fields.js'
import { rowsBelow } from '../rules/rows.js'
import { planRegister, type RegisterPlan } from '../rules/register-plan.js'

export type Plan = ({ register: 'register' } & RegisterPlan) | ({ register: 'customers' } & CustomersPlan)

/** What the sheets would do to the register as it stands now. Changes nothing. */
export async function dryRun(
  context: Context,
  { register, mapping, choices }: Pick<Import, 'register' | 'mapping' | 'choices'>,
  sheets: readonly Sheet[],
): Promise<Plan> {
  const sheet = sheets.find(({ name }) => name === mapping.sheet)
  if (!sheet) throw new Refused('import-sheet-gone')
  if (!mapping.columns.includes(neededField[register])) throw new Refused(`import-without-${register}`)
  const rows = rowsBelow(sheet, mapping, choices)
  if (rows.length === 0) throw new Refused('import-file-without-rows')
  const [services, aliases] = await Promise.all([allServices(), aliasesOf(register)])
  if (register === 'customers') {
    const customers = await everyCustomer()
    return { register, ...planCustomers(rows, { services, customers, aliases }, context, choices) }
  }
  const [law, vendors, engagements, approved] = await Promise.all([
    lawNow(),
    everyVendor(),
    everyEngagement(),
    approvedOnOrAfter(context.today),
  ])
  const now = { law, services, vendors, engagements, approved: new Set(approved), aliases }
  return { register, ...planRegister(rows, now, context, choices) }
}

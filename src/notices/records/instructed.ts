import { Notices } from './notices.js'
import { Recipients } from './recipients.js'

/** Which customer instructed transfers to which countries on its page (C.6), when a notice told it of the engagement. */
export async function instructedFor(
  engagement: string,
): Promise<{ customer: string; countries: string[] }[]> {
  const notices = await Notices.find({ 'lines.engagement': engagement })
    .select({ _id: 1 })
    .lean<{ _id: string }[]>()
  if (notices.length === 0) return []
  const rows = await Recipients.find(
    // Named as the index names it, which holds nothing else.
    { notice: { $in: notices.map(({ _id }) => _id) }, instruction: { $type: 'object' } },
    { customer: 1, 'instruction.countries': 1 },
  ).lean<{ customer: string; instruction: { countries: string[] } }[]>()
  return rows.map(({ customer, instruction }) => ({ customer, countries: instruction.countries }))
}

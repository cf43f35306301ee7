import type { Day } from '../../base/day.js'
import type { Surroundings } from '../../question-sets/rules/answer.js'
import { lawNow } from '../../transfers/actions.js'
import { isEea } from '../../transfers/rules.js'

/** What showing and scoring must know besides the answers, on that day. */
export async function surroundings(today: Day): Promise<Surroundings> {
  const law = await lawNow()
  return { today, isThirdCountry: (country) => !isEea(law, country, today) }
}

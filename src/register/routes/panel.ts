import type { Context } from '../../base/context.js'
import type { Customer } from '../../customers/rules.js'
import { textIn } from '../../i18n/texts.js'
import { lawNow } from '../../transfers/actions.js'
import { countriesInWords } from '../../transfers/page.js'
import { listOn, uninstructedRows, type InstructedFor } from '../actions.js'
import { instructionFindings, listRows } from '../page.js'
import { allServices } from '../records.js'
import { customerMap } from './map.js'
import type { Panel } from './ports.js'

/**
 * On a customer's page: what it has approved today, and which of it its instruction on transfers does not reach. Handed to the
 * customers room in `app.ts`.
 */
export function customerListPanel(instructedFor: InstructedFor) {
  return async (customer: Customer, { today, locale }: Context): Promise<Panel> => {
    const [law, rows, services] = await Promise.all([lawNow(), listOn(customer._id, today), allServices()])
    const outside = await uninstructedRows({ law, day: today }, rows, customer, instructedFor)
    return {
      title: textIn(locale)('register:panel.title'),
      view: 'register/panel',
      values: {
        rows: listRows(law, rows, services, today, locale),
        listOf: customer.reference,
        today,
        map: await customerMap(law, rows, customer.reference, { today, locale }),
        outside: outside.map(({ row, countries }) => ({
          url: `/engagements/${row.reference}#transfers`,
          name: row.content.vendorName,
          reference: row.reference,
          countries: countriesInWords(countries, locale),
        })),
        instruction: instructionFindings([customer.agreement.transferInstruction.kind], locale)[0],
      },
    }
  }
}

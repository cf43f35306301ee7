import type { Context } from '../base/context.js'
import { Refused } from '../base/errors.js'
import { organisation } from '../auth/organisation.js'
import { agreementOn, type Customer } from '../customers/rules.js'
import { buildPdf } from '../documents/pdf.js'
import { buildWord } from '../documents/word.js'
import { buildWorkbook } from '../documents/workbook.js'
import { allServices, listOn, listStatesOf, vendorsAbove } from '../register/actions.js'
import { annexB, annexBName, type AnnexBPaper } from './page.js'
import { contentTypes, type Format, type Order } from './rules.js'

export type AnnexBFile = { name: string; type: string; bytes: Buffer }

/** Annex B of the customer as it stood on the day. Made anew each time from dated intervals and versions; stores nothing. */
export async function annexBFile(
  { now, today }: Pick<Context, 'now' | 'today'>,
  customer: Customer,
  order: Order,
): Promise<AnnexBFile> {
  const house = await organisation()
  if (!house) throw new Refused('organisation-missing')
  const [rows, states, services] = await Promise.all([
    listOn(customer._id, order.on),
    listStatesOf(customer._id, order.on),
    allServices(),
  ])
  const paper = annexB({
    customer,
    agreement: agreementOn(customer.agreements, order.on),
    organisation: house,
    order,
    rows,
    states,
    known: {
      services,
      vendors: await vendorsAbove([...rows, ...states.flatMap((state) => state.rows)], order.on),
    },
    today,
    madeAt: now,
  })
  return {
    name: annexBName(customer.reference, order, order.format),
    type: contentTypes[order.format],
    bytes: await build[order.format](paper),
  }
}

const build: Record<Format, (paper: AnnexBPaper) => Promise<Buffer>> = {
  pdf: buildPdf,
  docx: buildWord,
  xlsx: buildWorkbook,
}

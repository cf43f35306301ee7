import { createHash } from 'node:crypto'
import { historiesOf, historyOf, recordEvent, type HistoryEntry } from '../audit-log/actions.js'
import type { Context } from '../base/context.js'
import { dayOf } from '../base/day.js'
import { Refused } from '../base/errors.js'
import { organisation } from '../auth/organisation.js'
import { agreementOn, type Customer } from '../customers/rules.js'
import { buildPdf } from '../documents/pdf.js'
import { buildWord } from '../documents/word.js'
import { buildWorkbook } from '../documents/workbook.js'
import {
  allServices,
  chainBelow,
  knownNodes,
  listOn,
  listStatesOf,
  vendorsAbove,
} from '../register/actions.js'
import { servicesOn, type ListRow } from '../register/rules.js'
import { lawNow } from '../transfers/actions.js'
import { annexB, annexBName, type AnnexBPaper, type Further } from './page.js'
import { contentTypes, type Format, type Order, type Paper } from './rules.js'

export type AnnexBFile = { name: string; type: string; bytes: Buffer; sha256: string }

/**
 * Annex B of the customer as it stood on the day, made anew each time from dated intervals and versions. The paper is not
 * kept; that it was handed out, to whom, in which version and with which hash, stands in the log.
 */
export async function annexBFile(context: Context, customer: Customer, order: Order): Promise<AnnexBFile> {
  const house = await organisation()
  if (!house) throw new Refused('organisation-missing')
  const known = order.known === 'then' ? order.on : undefined
  const [rows, states, services] = await Promise.all([
    listOn(customer._id, order.on, known),
    listStatesOf(customer._id, order.on, known),
    allServices(),
  ])
  const paper = annexB({
    customer,
    agreement: agreementOn(customer.agreements, order.on),
    organisation: house,
    order,
    rows,
    states,
    further: order.columns === 'complete' ? await furtherLinks(rows, order) : [],
    known: {
      law: await lawNow(),
      day: order.on,
      services: servicesOn(services, order.on),
      vendors: await vendorsAbove([...rows, ...states.flatMap((state) => state.rows)], order.on, known),
    },
    today: context.today,
    madeAt: context.now,
  })
  const bytes = await build[order.format](paper)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await recordEvent(
    context,
    'annex-b.made',
    { kind: 'annex-b', id: customer._id },
    { after: { ...order, version: states.length, sha256 } },
  )
  return {
    name: annexBName(customer.reference, order, order.format),
    type: contentTypes[order.format],
    bytes,
    sha256,
  }
}

/** Every paper of the customer's list that was handed out, newest first. */
export async function papersHandedOut(customer: Pick<Customer, '_id'>): Promise<HistoryEntry[]> {
  return historyOf('annex-b', customer._id)
}

/** The papers of these customers' lists that were handed out, newest first. */
export async function papersOf(customers: readonly string[], zone: string): Promise<Paper[]> {
  const made = await historiesOf('annex-b', customers)
  return made.flatMap(({ event, facts, about, at, by }): Paper[] =>
    event === 'annex-b.made'
      ? [
          {
            ...(facts['after'] as Order & Pick<Paper, 'version' | 'sha256'>),
            customer: about,
            at,
            by,
            madeOn: dayOf(at, zone),
          },
        ]
      : [],
  )
}

/** Who is used by those on the list, at any depth; those on the list themselves stand there. */
async function furtherLinks(rows: readonly ListRow[], { on }: Order): Promise<Further[]> {
  const listed = rows.map(({ engagement }) => engagement)
  const nodes = await chainBelow(listed, on)
  const further = await knownNodes(
    nodes.filter(({ link }) => !listed.includes(link._id)),
    on,
  )
  return further.map(({ link, path }) => ({
    reference: link.reference,
    content: link.content,
    through: path.map(({ content }) => content.vendorName),
  }))
}

const build: Record<Format, (paper: AnnexBPaper) => Promise<Buffer>> = {
  pdf: buildPdf,
  docx: buildWord,
  xlsx: buildWorkbook,
}

import type { Locale } from '../../base/context.js'
import { customersByIds } from '../../customers/actions.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { anyCopyOf, countCopies, pageOfCopies, type CopyFilter } from '../records/copies.js'
import { sendingsOf } from '../records/sendings.js'
import type { Audit } from '../rules/audit.js'
import { signedDeclarationOf } from './declarations.js'
import { auditOf } from './read.js'
import { NotFound } from '../../base/errors.js'

const pageSize = 50
/** Counting stops here. */
const most = 20_000

/** Who has which edition, a page at a time. Throws `NotFound` where it was never signed. */
export async function sentToShow(
  reference: string,
  filter: Omit<CopyFilter, 'audit'>,
  cursor: string | undefined,
) {
  const audit = await auditOf(reference)
  const declaration = signedDeclarationOf(audit)
  if (!declaration) throw new NotFound()
  const [page, counts, sendings] = await Promise.all([
    pageOfCopies({ ...filter, audit: audit._id }, cursor, pageSize),
    countCopies(audit._id, most),
    sendingsOf(audit._id),
  ])
  const customers = await customersByIds(
    page.rows.filter(({ receipt }) => receipt).map(({ customer }) => customer),
  )
  const contacts = new Map(
    customers.flatMap((customer) => customer.contacts.map(({ id, name }) => [id, name])),
  )
  return { audit, declaration, page, counts, sendings, contacts }
}

/** 'Sent to 12 customers; 3 have confirmed it.'; null before it was sent to anybody. */
export async function sentInWords(audit: Pick<Audit, '_id'>, locale: Locale): Promise<string | null> {
  if (!(await anyCopyOf(audit._id))) return null
  const { told, queued, undelivered, confirmed, ...rest } = await countCopies(audit._id, most)
  const all = told.count + queued.count + undelivered.count + rest['to-send'].count
  const facts = {
    count: all,
    all: formatNumber(all, locale),
    confirmed: formatNumber(confirmed.count, locale),
  }
  return textIn(locale)('declaration:sending.sent', facts)
}

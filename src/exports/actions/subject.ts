import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { customerByReference } from '../../customers/actions.js'
import type { Customer } from '../../customers/rules.js'
import {
  noticeByReference,
  noticesForCustomer,
  recipientById,
  serviceNames,
  type Notice,
  type Recipient,
} from '../../notices/actions.js'
import type { ServiceNames } from '../../notices/page/facts.js'
import { countWhere } from '../../notices/records/lists.js'
import { recipientBatches } from '../../notices/records/recipients.js'
import { recipientId } from '../../notices/rules.js'
import { audienceOf, type Asked, type Audience } from '../rules.js'

/** A notice and those of its recipients that the pack is about, some at a time; gone through several times. */
export type Section = {
  notice: Notice
  /** The one customer it is about; null where it is about all. */
  own: Recipient | null
  count: number
  parts: () => AsyncIterable<Recipient[]>
}

export type Subject = {
  asked: Asked
  audience: Audience
  /** What the log is told the pack is about. */
  about: { kind: string; id: string }
  customer: Customer | null
  sections: Section[]
  services: ServiceNames
  sample: boolean
}

/** Throws `NotFound`, and `Refused` ('evidence-not-issued') where nothing has been sent that could be shown. */
export async function subjectOf(_context: Context, asked: Asked): Promise<Subject> {
  const [found, services] = await Promise.all([sectionsOf(asked), serviceNames()])
  const sections = found.sections.filter(({ notice }) => notice.issuedAt !== null)
  if (sections.length === 0) throw new Refused('evidence-not-issued')
  const sample = sections.every(({ notice }) => notice.sample)
  return { asked, audience: audienceOf(asked), ...found, sections, services, sample }
}

async function sectionsOf(asked: Asked): Promise<Pick<Subject, 'about' | 'customer' | 'sections'>> {
  if (asked.kind === 'customer') {
    const customer = await customerByReference(asked.customer)
    const parts = await noticesForCustomer(customer._id)
    const sections = parts.map(({ notice, recipient }) => ownSection(notice, recipient))
    return { about: { kind: 'customer', id: customer._id }, customer, sections }
  }
  const notice = await noticeByReference(asked.notice)
  if (asked.kind === 'notice') {
    const count = await countWhere(notice._id, {})
    const all = { notice, own: null, count, parts: () => recipientBatches(notice._id, {}, 50) }
    return { about: { kind: 'notice', id: notice._id }, customer: null, sections: [all] }
  }
  const customer = await customerByReference(asked.customer)
  const recipient = await recipientById(recipientId(notice._id, customer._id))
  if (!recipient) throw new NotFound()
  return {
    about: { kind: 'recipient', id: recipient._id },
    customer,
    sections: [ownSection(notice, recipient)],
  }
}

function ownSection(notice: Notice, recipient: Recipient): Section {
  return {
    notice,
    own: recipient,
    count: 1,
    parts: async function* () {
      yield [recipient]
    },
  }
}

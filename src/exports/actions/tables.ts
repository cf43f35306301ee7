import { objectionsOfRecipients } from '../../objections/actions.js'
import {
  csvLine,
  csvStart,
  customerHeadings,
  customerRow,
  deliveryHeadings,
  deliveryRows,
  mailRecord,
} from '../page/tables.js'
import { mostCustomersWithFiles, paths, type Audience } from '../rules.js'
import type { Archive } from './archive.js'
import { mailsOfParts, sharedMails, type PackedMail } from './mails.js'
import type { Section } from './subject.js'

/** Customers, deliveries and mails as tables; each goes through the records once more, so that none is held. */
export async function* addTables(
  archive: Archive,
  sections: readonly Section[],
  audience: Audience,
): AsyncGenerator<Buffer> {
  yield* archive.add(paths.customers, customerLines(sections))
  yield* archive.add(paths.delivery, deliveryLines(sections, audience))
  yield* archive.add(paths.mails, mailLines(sections, audience))
}

async function* customerLines(sections: readonly Section[]): AsyncGenerator<string> {
  yield csvStart + csvLine(customerHeadings)
  for (const { parts } of sections)
    for await (const recipients of parts()) yield recipients.map(customerRow).map(csvLine).join('')
}

async function* deliveryLines(sections: readonly Section[], audience: Audience): AsyncGenerator<string> {
  yield csvStart + csvLine(deliveryHeadings)
  for await (const { mails } of packedMails(sections, audience))
    yield mails.flatMap(deliveryRows).map(csvLine).join('')
}

async function* mailLines(sections: readonly Section[], audience: Audience): AsyncGenerator<string> {
  for await (const { mails, apart } of packedMails(sections, audience))
    yield mails
      .map((packed) => `${JSON.stringify(mailRecord(packed, apart ? packed.path : null))}\n`)
      .join('')
}

async function* packedMails(
  sections: readonly Section[],
  audience: Audience,
): AsyncGenerator<{ mails: PackedMail[]; apart: boolean }> {
  for (const { notice, parts, count } of sections) {
    yield { mails: await sharedMails(notice, audience), apart: count <= mostCustomersWithFiles }
    for await (const recipients of parts()) {
      const objections = await objectionsOfRecipients(recipients.map(({ _id }) => _id))
      const mails = await mailsOfParts(recipients, objections, audience)
      yield { mails: [...mails.values()].flat(), apart: count <= mostCustomersWithFiles }
    }
  }
}

/** The end: the confirmation to the customer, the case closed, or called off. */
import type { Context, Locale } from '../../base/context.js'
import { addDays } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { buildPdf } from '../../documents/pdf.js'
import { storeFile } from '../../files/actions.js'
import { revokeLinks } from '../../auth/links.js'
import { enqueue } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import { confirmationMail } from '../mails/customer.js'
import { calledOffMail } from '../mails/vendor.js'
import { confirmationName, confirmationPaper } from '../page/confirmation.js'
import { calledOff, closed, confirmed, followUp, type Confirmation, type Departure } from '../rules.js'
import { departureOf, movePoints, moveTo } from './move.js'
import { customerReaders, vendorReaders } from './readers.js'
import { askSubProcessors } from './ask.js'

/**
 * Clause 11.1: "delete … and confirm to the controller". Made in both languages, kept as it is, and sent to every data protection
 * contact; where the law keeps something it says so, and another one follows when that has ended.
 */
export async function confirmToCustomer(context: Context, reference: string, by: string): Promise<Departure> {
  const departure = await departureOf(reference)
  const [sender, { customer, readers }, wording] = await Promise.all([
    senderNow(),
    customerReaders(context, departure),
    currentWording(),
  ])
  const number = departure.confirmations.length + 1
  const final = departure.state === 'confirmed'
  const content = { number, on: context.today, by, final }
  const nothing: Confirmation = {
    ...content,
    files: { da: '', en: '' },
    sha256: { da: '', en: '' },
    receipt: null,
  }
  // Refused before any paper is kept.
  confirmed(departure, nothing)
  const [da, en] = await Promise.all(
    (['da', 'en'] as const).map(async (locale) => {
      const paper = confirmationPaper(departure, content, {
        locale,
        sender,
        customer: customer?.registration?.number ?? null,
        madeAt: context.now,
      })
      return storeFile(context, {
        name: confirmationName(departure, number, locale),
        bytes: await buildPdf(paper),
        about: { kind: 'departure', id: departure._id },
        sample: departure.sample,
      })
    }),
  )
  if (!da || !en) throw new NotFound()
  const confirmation: Confirmation = {
    ...content,
    files: { da: da._id, en: en._id },
    sha256: { da: da.sha256, en: en.sha256 },
    receipt: null,
  }
  const moved = await moveTo(context, departure, confirmed(departure, confirmation), {
    event: 'departure.confirmed',
    facts: {
      number,
      final,
      on: context.today,
      files: confirmation.files,
      sha256: confirmation.sha256,
      contacts: readers.length,
    },
    personal: { by },
  })
  await enqueue(
    context,
    readers.map((reader) =>
      confirmationMail(
        { departure: moved, reader, caseNumber: customer?.caseNumber ?? null, sender, wording },
        confirmation,
      ),
    ),
  )
  return moved
}

/** Sends what a crash left unsent, or a contact that has come since; the mails' keys keep anybody from getting one twice. */
export async function sendConfirmations(context: Context, departure: Departure): Promise<number> {
  const last = departure.confirmations.at(-1)
  if (!last || last.receipt) return 0
  const [{ customer, readers }, sender, wording] = await Promise.all([
    customerReaders(context, departure),
    senderNow(),
    currentWording(),
  ])
  const letter = { departure, caseNumber: customer?.caseNumber ?? null, sender, wording }
  return enqueue(
    context,
    readers.map((reader) => confirmationMail({ ...letter, reader }, last)),
  )
}

/** The customer says it has the confirmation. A repeat changes nothing. */
export async function noteReceipt(
  context: Context,
  reference: string,
  contact: { id: string; name: string },
): Promise<Departure> {
  const departure = await departureOf(reference)
  const last = departure.confirmations.at(-1)
  if (!last) throw new NotFound()
  if (last.receipt) return departure
  const receipt = { at: context.now, contact: contact.id, name: contact.name }
  const confirmations = departure.confirmations.map((each) => (each === last ? { ...each, receipt } : each))
  return moveTo(
    context,
    departure,
    { confirmations },
    {
      event: 'departure.receipt',
      facts: { number: last.number, contact: contact.id },
      personal: { name: contact.name },
    },
  )
}

/** The file of a confirmation, in that language. Throws `NotFound`. */
export function confirmationFile(departure: Departure, number: number, locale: Locale): string {
  const found = departure.confirmations.find((each) => each.number === number)
  if (!found) throw new NotFound()
  return found.files[locale]
}

/** Throws `Refused` while anything is open: 'departure-points-open', 'departure-retention-runs', 'departure-not-confirmed'. */
export async function closeDeparture(context: Context, reference: string): Promise<Departure> {
  const departure = await departureOf(reference)
  return moveTo(context, departure, closed(departure, context.today), {
    event: 'departure.closed',
    facts: { on: context.today, confirmations: departure.confirmations.length },
  })
}

/** Nothing has ended after all: whoever was asked to delete is told at once to stop. */
export async function callOffDeparture(
  context: Context,
  reference: string,
  because: string,
): Promise<Departure> {
  const departure = await departureOf(reference)
  const asked = departure.points.flatMap(({ vendor, askedOn }) => (askedOn && vendor ? [vendor] : []))
  const moved = await moveTo(context, departure, calledOff(departure, because, context.today), {
    event: 'departure.called-off',
    facts: { by: 'staff', asked: new Set(asked).size },
    personal: { because },
  })
  if (asked.length > 0) {
    const [readers, sender] = await Promise.all([vendorReaders(context, moved, asked), senderNow()])
    await enqueue(
      context,
      [...readers.values()].flatMap((reader) =>
        reader ? [calledOffMail({ departure: moved, points: moved.points, reader, sender })] : [],
      ),
    )
  }
  if (departure.toldOn === null)
    await revokeLinks(context, { about: { kind: 'departure', ids: [departure._id] } })
  return moved
}

/** Days to delete what the law kept, from the day it may be deleted. */
const daysAfterRetention = 14

/** What the law kept until yesterday: whoever kept it is asked to delete it now. A repeat finds nothing. */
export async function followUpRetentions(context: Context, departure: Departure): Promise<boolean> {
  const dueOn = addDays(context.today, daysAfterRetention)
  const { points, ended } = followUp(departure.points, context.today, dueOn)
  if (ended.length === 0) return false
  const moved = await movePoints(context, departure, points, {
    event: 'departure.retention-ended',
    facts: { points: ended, on: context.today, dueOn },
  })
  const theirs = moved.points.some(({ id, vendor }) => ended.includes(id) && vendor !== null)
  // Whoever cannot be written to is on the overview.
  if (theirs)
    await askSubProcessors(context, moved.reference).catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'Refused')) throw error
    })
  return true
}

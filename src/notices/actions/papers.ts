import type { Context, Locale } from '../../base/context.js'
import { calendarFile } from '../../documents/calendar-file.js'
import { buildPdf } from '../../documents/pdf.js'
import { storeFile } from '../../files/actions.js'
import { lastDayIn } from '../mails/announcement.js'
import type { Letter } from '../mails/letter.js'
import { paperCalendar, paperFile, paperKey, paperNames } from '../page/paper.js'
import { passingOnFile, passingOnName } from '../page/passing-on.js'
import { modeOf } from '../rules/modes.js'
import { findPaper, keepPaper, type Paper } from '../records/papers.js'

export type Papers = (letter: Letter) => Promise<Paper>

/** Papers by what they say; each is built once, kept, and found again. One such cache for each run. */
export function papersFor(context: Context): Papers {
  const known = new Map<string, Promise<Paper>>()
  return (letter) => {
    const { locale } = letter.contact
    const id = `${letter.notice._id}/${paperKey(letter.recipient)}/${locale}`
    const paper = known.get(id) ?? paperOf(context, id, letter, locale)
    known.set(id, paper)
    return paper
  }
}

/** The paper as it went out with a mail in this language; null where none like it did. Stores nothing. */
export function sentPaper({ notice, recipient, contact }: Letter): Promise<Paper | null> {
  return findPaper(`${notice._id}/${paperKey(recipient)}/${contact.locale}`)
}

// Two processes may build the same paper at once: one is kept, the other's files stay behind unused.
async function paperOf(context: Context, id: string, letter: Letter, locale: Locale): Promise<Paper> {
  const found = await findPaper(id)
  if (found) return found
  const { notice } = letter
  const names = paperNames(notice.reference, locale)
  const about = { kind: 'notice', id: notice._id }
  const sample = notice.sample
  const pdf = await storeFile(context, {
    name: names.pdf,
    bytes: await buildPdf(paperFile(letter, locale)),
    about,
    sample,
  })
  const entry = paperCalendar(letter, locale)
  const calendar = entry
    ? await storeFile(context, {
        name: names.calendar,
        bytes: Buffer.from(calendarFile(entry)),
        about,
        sample,
      })
    : null
  const passOn = letter.recipient.passesOn
    ? await storeFile(context, {
        name: passingOnName(notice.reference, locale),
        bytes: await buildPdf(passingOnFile(letter, locale)),
        about,
        sample,
      })
    : null
  return keepPaper({
    _id: id,
    notice: notice._id,
    locale,
    mode: modeOf(letter.recipient),
    lastDay: lastDayIn(letter.recipient),
    pdf: pdf._id,
    pdfName: names.pdf,
    calendar: calendar?._id ?? null,
    calendarName: names.calendar,
    ...(passOn ? { passOn: passOn._id, passOnName: passOn.name } : {}),
    sample,
  })
}

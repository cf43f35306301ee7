/** What a mail is: somebody's words, a mailbox's own answer, or a mail server's report. */
import { headerOf, ownWords, type Incoming } from './incoming.js'
import { readReport } from './report.js'
import { readingsFor } from './classify.js'
import type { Kind, Reading, Reply, Report } from './reply.js'

export type Recognised = { kind: Kind; automaticBy: string | null; report: Report | null }

/**
 * An automatic reply does not block: nobody has read anything. But where its own words speak of objecting, it is read as a
 * message: case systems send what people write as if they had written it themselves, and the doubt is the customer's.
 */
export function recognise(incoming: Incoming): Recognised {
  const report = readReport(incoming)
  if (report) return { kind: report.action, automaticBy: null, report }
  const automaticBy = automaticSign(incoming)
  const automatic = automaticBy !== null && !speaksOfObjecting(ownWords(incoming.text))
  return { kind: automatic ? 'automatic' : 'message', automaticBy, report: null }
}

// As mail programs begin the subject of an absence note. Nobody begins a mail of their own that way, and an answer begins with 'Re:'.
const absences =
  /^(automatisk (svar|besvarelse|meddelelse)|autosvar|auto-?svar|fravær(sbesked|smeddelelse|ende)?|ikke (til stede|på kontoret)|ferie(besked|svar)?|automatic reply|auto(matic)?[- ]?(reply|response|responder)|out of( the)? office|away from( my)? (office|mail)|on (holiday|vacation|leave))\s*([:,\-–]|$)/i

/**
 * By what a mail shows that no person wrote it; null if nothing shows it. 'auto-generated', 'Precedence: bulk' and
 * 'X-Auto-Response-Suppress' alone do not: case systems and mailing lists put them on what people wrote.
 */
function automaticSign(incoming: Incoming): string | null {
  const submitted = headerOf(incoming, 'auto-submitted').toLowerCase()
  if (submitted.startsWith('auto-replied')) return 'auto-submitted'
  if (/report-type="?disposition-notification/i.test(headerOf(incoming, 'content-type')))
    return 'read-receipt'
  if (/^auto[_-]?reply/i.test(headerOf(incoming, 'precedence'))) return 'precedence'
  const vacation = ['x-autoreply', 'x-autorespond', 'x-mail-autoreply', 'x-autoreply-from', 'autorespond']
  if (vacation.some((name) => !/^(|no)$/i.test(headerOf(incoming, name).trim()))) return 'auto-reply-header'
  return absences.test(incoming.subject.trim()) ? 'subject' : null
}

const objecting = [
  /indsigelse|gør indsig|protest(er|ér)|modsætter|modsætte os/i,
  /(kan|vil|må) ikke (acceptere|godkende|tiltræde|tillade)|(godkender|accepterer|tillader) ikke/i,
  /\bafvis(er|es|e)\b|\bveto\b|ikke (enig|tilfreds)/i,
  /\bobject(ion|ions|s|ed|ing)?\b|\boppos(e|es|ed|ition)\b|\breject(s|ed|ion)?\b/i,
  /(do not|don't|cannot|can't|will not|won't|unable to) (accept|approve|agree|consent|allow)/i,
  /not acceptable|unacceptable/i,
  /vil (vi |jeg )?ikke have|ønsker (vi |jeg )?ikke\b|er (vi |jeg )?imod\b|do(n't| not) want/i,
]

export function speaksOfObjecting(words: string): boolean {
  return objecting.some((words_) => words_.test(words))
}

/** What staff is offered first. Only a suggestion: it decides nothing. */
export function suggestionFor(
  reply: Pick<Reply, 'kind' | 'text' | 'subject'> & Partial<Pick<Reply, 'part' | 'about'>>,
): Reading | null {
  const words = ownWords(reply.text)
  if (reply.kind === 'automatic') return 'out-of-office'
  if (reply.kind !== 'message') return null
  if (reply.about) return readingsFor({ part: null, about: reply.about })[0] ?? null
  if (speaksOfObjecting(words)) return 'objection'
  if (/godkend|samtykke|accepter|\bapprov|\bconsent|\baccept/i.test(words)) return 'approval'
  return words.includes('?') ? 'question' : null
}

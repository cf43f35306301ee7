/** Recognises what mail servers report about mails of ours: as RFC 3464 says, and as some say it instead. */
import { headerOf, type Incoming } from './incoming.js'
import type { Report } from './reply.js'

const longestDiagnostic = 500

/** Null where it is no report about a delivery. */
export function readReport(incoming: Incoming): Report | null {
  const status = incoming.parts.find(({ type }) => type === 'message/delivery-status')
  if (status) return readStatus(status.text) ?? readWords(incoming)
  return isFromMailSystem(incoming) ? readWords(incoming) : null
}

const actions: Record<string, Report['action']> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'relayed',
  // Handed to a mailing list: nobody will say whether it was read there.
  expanded: 'relayed',
}
const gravity: readonly Report['action'][] = ['failed', 'delayed', 'relayed', 'delivered']

/** RFC 3464 2.2: fields about the mail, then a block for each recipient. Of several the worst counts: a mail of ours has one. */
function readStatus(text: string): Report | null {
  const [general = new Map<string, string>(), ...blocks] = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0)
  // Some leave out the empty line, so that all stands in one block.
  const all = blocks.length > 0 ? blocks : [general]
  const reports = all.flatMap((fields): Report[] => {
    const action = actions[(fields.get('action') ?? '').toLowerCase().trim().split(/\s/)[0] ?? '']
    if (!action) return []
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? null
    return [
      {
        // Gmail and others say 'failed' with a 4.x.x after trying for days: the mail has not come, and will not.
        action,
        status,
        recipient: addressIn(fields.get('original-recipient') ?? fields.get('final-recipient') ?? ''),
        server: typed(fields.get('remote-mta') ?? general.get('reporting-mta') ?? '') || null,
        diagnostic: typed(fields.get('diagnostic-code') ?? '').slice(0, longestDiagnostic),
      },
    ]
  })
  return reports.toSorted((a, b) => gravity.indexOf(a.action) - gravity.indexOf(b.action))[0] ?? null
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([A-Za-z-]{1,60}):\s*(.*)$/.exec(line) ?? []
    if (name && value !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value)
  }
  return fields
}

/** 'smtp; 550 no such user' -> '550 no such user'. */
function typed(value: string): string {
  return value.replace(/^\s*[A-Za-z0-9-]+\s*;\s*/, '').trim()
}

function addressIn(value: string): string | null {
  return /[^\s<>;,:"]+@[^\s<>;,"]+/.exec(value)?.[0]?.toLowerCase() ?? null
}

const systems =
  /^(mailer-daemon|mail-daemon|postmaster|mailsystem|mail\.system|mailerdaemon|microsoftexchange[0-9a-f]*)@/i

/** A person who forwards a report is no mail system: what a person sends is read as a message. */
function isFromMailSystem(incoming: Incoming): boolean {
  return (
    systems.test(incoming.from.address) ||
    headerOf(incoming, 'return-path').trim() === '<>' ||
    headerOf(incoming, 'x-failed-recipients') !== '' ||
    /report-type="?delivery-status/i.test(headerOf(incoming, 'content-type')) ||
    headerOf(incoming, 'x-ms-exchange-message-is-ndr') !== ''
  )
}

const delays = [
  /\bdelay(ed)?\b/i,
  /still (being|trying)/i,
  /will (keep trying|be retried|try again)/i,
  /not yet been delivered/i,
  /could not send message for (the )?past/i,
  /forsinke(t|lse)/i,
  /forsøger (fortsat|stadig|igen)/i,
]
const failures = [
  /undeliver(able|ed)/i,
  /returned (mail|to sender)/i,
  /failure notice/i,
  /deliver(y|ing)? .{0,40}(failed|failure)/i,
  /(could not|couldn't|wasn't able to|unable to|was not|can't) (be )?deliver/i,
  /permanent (fatal )?(error|failure)/i,
  /(kan|kunne) ikke leveres/i,
  /(ikke|mislykket) lever(et|ing)/i,
  /message (was )?rejected/i,
  /unzustellbar/i,
]

/** qmail, Exchange in plain words, Postfix' text, Gmail: the first part is written for people. */
function readWords(incoming: Incoming): Report | null {
  const text = incoming.text.slice(0, 20_000)
  const words = `${incoming.subject}\n${text}`
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0] ?? null
  const late = delays.some((delay) => delay.test(words)) && !/permanent|\b5\.\d{1,3}\.\d{1,3}\b/i.test(words)
  const failed = failures.some((failure) => failure.test(words))
  if (!late && !failed && status === null) return null
  return {
    action: late || (!failed && status?.startsWith('4')) ? 'delayed' : 'failed',
    status,
    recipient:
      addressIn(headerOf(incoming, 'x-failed-recipients')) ??
      addressIn(/<[^<>\s]+@[^<>\s]+>/.exec(text)?.[0] ?? '') ??
      addressIn(text),
    server: null,
    diagnostic: (/^.*\b[45]\d\d[ -].*$/m.exec(text)?.[0] ?? '').trim().slice(0, longestDiagnostic),
  }
}

import type { Delivered } from './post-office.js'

type Words = { from: string; subject: string; text: string; date: Date }

/** A mail as a mail program writes it (RFC 5322); `more` are further lines of its head. */
export function letter({ from, subject, text, date }: Words, more: readonly string[] = []): Buffer {
  const id = `${date.getTime()}@${/@([^\s<>]+)/.exec(from)?.[1] ?? 'nowhere.example'}`
  return message([
    `From: ${from}`,
    'To: databeskyttelse@eksempel-drift.example',
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    `Date: ${date.toUTCString()}`,
    ...more,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
  ])
}

/** An answer to a mail of ours: what ties it to its notice is the mail it names. */
export function answerTo({ mail }: Delivered, words: Omit<Words, 'subject'>): Buffer {
  return letter({ ...words, subject: `Re: ${mail.subject ?? ''}` }, [
    `In-Reply-To: ${mail.messageId}`,
    `References: ${mail.messageId}`,
  ])
}

/** What a mail server sends back days after it took a mail that it cannot deliver (RFC 3464). */
export function returned({ to, mail }: Delivered, date: Date): Buffer {
  const server = `mail.${to.split('@')[1] ?? ''}`
  return message([
    `From: MAILER-DAEMON@${server}`,
    'To: databeskyttelse@eksempel-drift.example',
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${date.getTime()}@${server}>`,
    `Date: ${date.toUTCString()}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `<${to}>: the mailbox has been closed`,
    '--part',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${server}`,
    '',
    `Final-Recipient: rfc822; ${to}`,
    'Action: failed',
    'Status: 5.2.1',
    `Diagnostic-Code: smtp; 550 5.2.1 <${to}>: mailbox disabled`,
    '',
    '--part',
    'Content-Type: text/rfc822-headers',
    '',
    `To: ${to}`,
    `Message-ID: ${mail.messageId}`,
    '',
    '--part--',
  ])
}

const message = (lines: readonly string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`)

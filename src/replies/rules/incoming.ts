/** A mail as it was read: the values every decision about it is made of. */
export type Incoming = {
  /** In the order they stand; names in small letters. */
  headers: readonly { name: string; value: string }[]
  from: { name: string; address: string }
  subject: string
  messageId: string | null
  sentAt: Date | null
  /** Plain text; of a mail in HTML only, what a reader sees of it. */
  text: string
  attachments: readonly { name: string; type: string; size: number }[]
  /** Parts that speak about another mail: delivery status, the mail that was returned or its head. */
  parts: readonly { type: string; text: string }[]
  unreadable: boolean
}

export function headerOf({ headers }: Pick<Incoming, 'headers'>, name: string): string {
  return headers.find((header) => header.name === name)?.value ?? ''
}

export function headersOf({ headers }: Pick<Incoming, 'headers'>, name: string): string[] {
  return headers.flatMap((header) => (header.name === name ? [header.value] : []))
}

/** Beginnings of what a mail program puts below an answer: the mail that is answered. */
const quotes = [
  /^-{2,}\s*(original message|oprindelig meddelelse|videresendt meddelelse|forwarded message)\s*-{2,}/i,
  /^_{20,}\s*$/,
  /^(den|on)\b.{4,200}\b(skrev|wrote)\s*.{0,120}:\s*$/i,
  /^.{0,200}<[^<>\s]+@[^<>\s]+>\s*(skrev|wrote)\s*.{0,80}:?\s*$/i,
  /^\*?(fra|from):\*?\s.+/i,
]

/** What the sender wrote, without the mail it answers: for recognising what it is. What is shown is always the whole. */
export function ownWords(text: string): string {
  const own: string[] = []
  for (const line of text.split('\n')) {
    if (quotes.some((quote) => quote.test(line.trim()))) break
    if (!line.startsWith('>')) own.push(line)
  }
  return own.join('\n').trim()
}

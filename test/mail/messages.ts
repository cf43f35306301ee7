import type { Context } from '../../src/base/context.js'
import { makeLog } from '../../src/base/log.js'
import type { Message } from '../../src/mail/actions.js'
import { makeSender, type Sender, type SenderOptions } from '../../src/mail/sender.js'
import { makeTransport, type Transport } from '../../src/mail/transport.js'

export const noon = new Date('2026-12-01T11:00:00Z')

export const context: Context = {
  now: noon,
  today: '2026-12-01',
  actor: { kind: 'timer', id: 'test' },
  locale: 'da',
}

/** The first of so many messages like those of a notice. */
export function message(number: number, change: Partial<Message> = {}): Message {
  return {
    key: `CN-2026-001/C-${number}/announcement`,
    kind: 'notice-announcement',
    to: { address: `dpo${number}@kommune.example`, name: 'Åse Ørsted', contact: `contact${number}` },
    locale: 'da',
    content: {
      subject: 'Ny underdatabehandler (Deres sagsnr. 24-1234)',
      lead: 'I skal ikke gøre noget, medmindre I vil gøre indsigelse.',
      greeting: 'Kære Åse Ørsted',
      sections: [
        { heading: 'Hvad ændres?', paragraphs: ['Vi tilføjer <b>Fiktiv Hosting ApS</b> & co.'] },
        {
          heading: 'Hvornår?',
          rows: [['Sidste dag for indsigelse', '4. januar 2027']],
          list: ['Første', 'Anden'],
        },
      ],
      button: { label: 'Se ændringen' },
      closing: ['Med venlig hilsen'],
      caseNumber: '24-1234',
    },
    link: `link${number}`,
    about: { kind: 'recipient', id: `notice/customer${number}` },
    ...change,
  }
}

export const liveLinks = (ids: string[]) =>
  Promise.resolve(new Map(ids.map((id) => [id, `https://tilsyn.example.dk/l/token-of-${id}`])))

/** A sender whose clock the test moves. */
export function senderTo(
  url: string | undefined,
  change: Partial<SenderOptions> = {},
): { sender: Sender; clock: { now: Date }; transport: Transport | null } {
  const clock = { now: noon }
  const transport = makeTransport({ smtpUrl: url })
  const sender = makeSender({
    transport,
    clock: () => clock.now,
    log: makeLog('silent'),
    from: 'PowerNet <gdpr@powernet.example>',
    baseUrl: 'https://tilsyn.example',
    liveLinks,
    ...change,
  })
  return { sender, clock, transport }
}

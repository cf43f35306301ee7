/** The lines both parties sign on. */
import type { Block } from '../../documents/pdf.js'
import { formatDay } from '../../i18n/formats.js'
import type { Text } from '../../i18n/texts.js'
import type { Organisation } from '../../auth/organisation.js'
import type { Customer, DatedAgreement } from '../../customers/rules.js'
import type { Order, Version } from '../rules.js'

type Parties = {
  customer: Pick<Customer, 'name' | 'isProcessor'>
  organisation: Pick<Organisation, 'name'>
  agreement: DatedAgreement | null
  order: Order
}

/** What is signed is said above the lines, so that a page that lies alone says it too. */
export function signatureBlocks(
  { customer, organisation, agreement, order }: Parties,
  version: Version | null,
  t: Text,
): Block[] {
  const line = (what: string) => [`${what}\n `, '', '']
  const facts = {
    day: formatDay(order.on, order.language),
    number: version?.number ?? '',
    agreement: agreement?.dpaVersion ?? '',
  }
  // A list on which nothing ever stood is nothing to sign.
  if (version === null) return []
  return [
    { kind: 'heading', text: t('annex-b:signatures.title'), room: 230 },
    {
      kind: 'paragraph',
      text: t(`annex-b:signatures.${agreement ? 'said' : 'said-alone'}`, facts),
      keep: true,
    },
    {
      kind: 'table',
      headings: [
        t('annex-b:signatures.for'),
        `${t(`annex-b:facts.${customer.isProcessor ? 'processor-customer' : 'customer'}`)}\n${customer.name}`,
        `${t('annex-b:facts.organisation')}\n${organisation.name}`,
      ],
      rows: [
        line(t('annex-b:signatures.day')),
        line(t('annex-b:signatures.name')),
        line(t('annex-b:signatures.signature')),
      ],
      widths: [0.24, 0.38, 0.38],
      together: true,
    },
  ]
}

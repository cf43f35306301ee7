/** Sections of this room on the pages of others: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import type { Customer } from '../customers/rules.js'
import { textIn } from '../i18n/texts.js'
import type { Engagement } from '../register/rules.js'
import { instructionItem } from './page.js'
import { agreementVersions, instructionsOfCustomer, instructionsOfEngagement } from './records.js'
import type { Instruction } from './rules.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

const most = 15

/** On a customer's page: what it has instructed, and the way to what each approval stands on. */
export async function customerInstructionsPanel(customer: Customer, context: Context): Promise<Panel> {
  const [instructions, versions] = await Promise.all([
    instructionsOfCustomer(customer._id),
    agreementVersions(),
  ])
  const { dpaVersion } = customer.agreement
  // A later one has been published than the one the customer accepted.
  const accepted = versions.find(({ _id }) => _id === dpaVersion)
  const newer = accepted ? versions.filter(({ publishedOn }) => publishedOn > accepted.publishedOn) : []
  return panelOf(instructions, context, {
    named: false,
    query: `customer=${customer.reference}`,
    add: `/instructions/new?customer=${customer.reference}`,
    versions: {
      accepted: dpaVersion,
      newer: newer.map(({ _id }) => _id).toReversed(),
    },
  })
}

/** On an engagement's page: the instructions that name it, and on what each customer's approval of it stands. */
export async function engagementInstructionsPanel(
  { _id, reference }: Engagement,
  context: Context,
): Promise<Panel> {
  return panelOf(await instructionsOfEngagement(_id), context, {
    named: true,
    query: `engagement=${reference}`,
    add: `/instructions/new?engagement=${reference}`,
    versions: null,
  })
}

function panelOf(
  instructions: readonly Instruction[],
  { today, locale }: Context,
  { named, ...values }: { named: boolean } & Record<string, unknown>,
): Panel {
  const t = textIn(locale)
  return {
    title: t('instructions:panel.title'),
    view: 'instructions/panel',
    values: {
      ...values,
      items: instructions
        .slice(0, most)
        .map((instruction) => instructionItem(instruction, { today, locale, named })),
    },
  }
}

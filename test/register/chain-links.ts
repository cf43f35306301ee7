/** Links of a chain, made and read in a word: 'Backup below Hosting'. */
import {
  chainBelow,
  chainOn,
  createEngagement,
  createVendor,
  knownNodes,
  moveBranch,
} from '../../src/register/actions.js'
import { engagementByReference } from '../../src/register/records.js'
import type { Engagement } from '../../src/register/rules.js'
import type { useApp } from '../support/app.js'
import { engagementInput, vendorInput } from './builders.js'

export function chainOf(tilsyn: ReturnType<typeof useApp>) {
  /** A vendor with one engagement: 'Backup below Hosting'. */
  async function link(
    name: string,
    parent: Engagement | null = null,
    from = '2025-01-01',
  ): Promise<Engagement> {
    const vendor = await createVendor(tilsyn.context(), {
      ...vendorInput({ name, registration: null, noRegistrationBecause: 'Foreign' }),
      from,
    })
    return createEngagement(tilsyn.context(), {
      ...engagementInput({ parent: parent?._id ?? null }),
      vendor: vendor._id,
      from,
    })
  }

  const fresh = async ({ reference }: Engagement) =>
    (await engagementByReference(reference)) as unknown as Engagement
  const move = async (moved: Engagement, to: Engagement | null) => {
    const { reference, version } = await fresh(moved)
    return moveBranch(
      tilsyn.context(),
      { reference, version },
      { to: to?.reference ?? null, because: 'It was recorded in the wrong place' },
    )
  }
  const outline = async (day: string) =>
    (await knownNodes((await chainOn(day, tilsyn.today())).flat(), day)).map(
      ({ link: { content }, depth, fault }) =>
        '·'.repeat(depth - 1) + content.vendorName + (fault ? ` (${fault})` : ''),
    )
  const below = async (approved: Engagement[], day: string) =>
    (
      await knownNodes(
        await chainBelow(
          approved.map(({ _id }) => _id),
          day,
        ),
        day,
      )
    ).map(({ link: { content }, depth }) => '·'.repeat(depth - 1) + content.vendorName)
  const refusal = async (act: Promise<unknown>) =>
    act.then(
      () => 'taken',
      (error: Error & { reason?: string }) => error.reason ?? error.message,
    )

  /** Put right backwards: it hung there on those days. */
  const correctedParent = (parent: Engagement, from: string, to: string) => ({
    id: 'c1',
    because: 'They used it all along',
    file: null,
    recordedOn: '2026-11-23',
    recordedAt: tilsyn.now(),
    by: { kind: 'system', id: 'test' },
    from,
    to,
    values: { parent: parent._id },
    without: [],
  })

  return { link, fresh, move, outline, below, refusal, correctedParent }
}

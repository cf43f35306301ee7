import { makeCalendar } from '../../src/auth/actions/calendars.js'
import type { Context } from '../../src/base/context.js'
import { prepareQuestionnaire } from '../../src/questionnaires/actions/ask.js'
import { setsToAsk, startCampaign } from '../../src/questionnaires/actions/campaign.js'
import { createEngagement, createVendor, engagementByReference } from '../../src/register/actions.js'

/** A questionnaire that is prepared, a campaign to one vendor with another left out, and a calendar of the officer's. */
export async function askingInTown(
  officer: Context,
): Promise<{ prepared: string; campaign: string; token: string }> {
  const like = await engagementByReference('E-0001')
  if (!like) throw new Error('no such engagement in the town')
  const year = Number(officer.today.slice(0, 4))
  const vendorNamed = async (name: string, email: string | null) => {
    const vendor = await createVendor(officer, {
      name,
      registration: null,
      noRegistrationBecause: 'Opdigtet',
      address: 'Prøvevej 1, 5000 Odense C',
      country: 'DK',
      contacts: [{ name: 'Pia Prøve', role: 'data-protection', locale: 'da', ...(email ? { email } : {}) }],
      sample: true,
    })
    const engagement = await createEngagement(officer, {
      vendor: vendor._id,
      role: 'sub-processor',
      services: like.services,
      activity: { da: 'Prøvekørsel', en: 'Trial' },
      dataCategories: ['ordinary'],
      subjects: ['employees'],
      storageCountries: ['DK'],
      accessCountries: ['DK'],
      places: [],
      transfers: [],
      parent: null,
      contract: null,
      dueDiligence: null,
      sample: true,
    })
    return { vendor: vendor._id, reference: vendor.reference, engagements: [engagement._id] }
  }
  const asked = await vendorNamed('Prøve Drift ApS', 'pia@proeve.example')
  const silent = await vendorNamed('Tavs Prøve ApS', null)
  const dueOn = `${year + 1}-01-15`
  const campaign = await startCampaign(
    officer,
    { year, dueOn, sets: setsToAsk(), vendors: [asked.reference] },
    () =>
      Promise.resolve(
        [asked, silent].map(({ vendor, engagements }) => ({
          vendor,
          engagements,
          why: 'yearly' as const,
          dueOn,
        })),
      ),
  )
  const prepared = await prepareQuestionnaire(officer, {
    year: year + 1,
    vendor: asked.vendor,
    engagements: asked.engagements,
    set: setsToAsk().usual,
    why: 'yearly',
    owner: { name: 'Pia Prøve', email: 'pia@proeve.example', locale: 'da', contact: null },
    dueOn,
  })
  const token = await makeCalendar(officer, officer.actor.id)
  return { prepared: prepared.reference, campaign: campaign.reference, token }
}

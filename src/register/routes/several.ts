import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Context } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { showSeveral, takeSeveral, type Several } from '../../lists/several.js'
import { countries } from '../../transfers/rules.js'
import { contextOf } from '../../web/page.js'
import {
  allServices,
  changeEngagements,
  changeVendors,
  engagementsMatching,
  planForEngagements,
  planForVendors,
  vendorsMatching,
} from '../actions.js'
import { readEngagementChange, readVendorChange } from '../form.js'
import { engagementOffers, vendorOffers } from '../page.js'
import { engagementList, vendorList } from '../rules/lists.js'
import type { EngagementChange, VendorChange } from '../rules/several.js'

export function severalRoutes(router: Router): void {
  router.get('/engagements/several', may('register:write'), async (req, res) => {
    await showSeveral(req, res, await engagements(contextOf(req)))
  })

  router.post('/engagements/several', may('register:write'), async (req, res) => {
    await takeSeveral(req, res, await engagements(contextOf(req)))
  })

  router.get('/vendors/several', may('register:write'), async (req, res) => {
    await showSeveral(req, res, vendors(contextOf(req)))
  })

  router.post('/vendors/several', may('register:write'), async (req, res) => {
    await takeSeveral(req, res, vendors(contextOf(req)))
  })
}

async function engagements({ today, locale }: Context): Promise<Several<EngagementChange>> {
  const services = await allServices()
  const ids = services.map(({ _id }) => _id)
  return {
    shape: engagementList,
    title: textIn(locale)('lists:bulk.engagements'),
    offers: engagementOffers(services, today, locale),
    read: (kind, body) => readEngagementChange(kind, body, ids, today),
    matching: async function* (context, query) {
      for await (const { engagement } of engagementsMatching(context, query)) yield engagement
    },
    plan: planForEngagements,
    apply: changeEngagements,
  }
}

function vendors({ locale }: Context): Several<VendorChange> {
  return {
    shape: vendorList,
    title: textIn(locale)('lists:bulk.vendors'),
    offers: vendorOffers(locale),
    read: (kind, body) =>
      readVendorChange(
        kind,
        body,
        countries(locale).map(({ code }) => code),
      ),
    matching: async function* (context, query) {
      for await (const { vendor } of vendorsMatching(context, query)) yield vendor
    },
    plan: planForVendors,
    apply: changeVendors,
  }
}

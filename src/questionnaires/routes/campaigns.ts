import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { addDays } from '../../base/day.js'
import { currentSets } from '../../question-sets/actions.js'
import { engagementsByIds } from '../../register/actions.js'
import { answerOn, queried } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { candidatesOf, setsToAsk, startCampaign, stopCampaign } from '../actions/campaign.js'
import { reminderDays, setReminderDays, stopCampaignReminders } from '../actions/remind.js'
import { campaignsToShow, campaignToShow } from '../actions/show.js'
import { readCampaign, readReminderDays, readStop } from '../form/asking.js'
import { candidatesPage, leftOutPage, progressPage, setChoices } from '../page/campaign.js'
import { usualDays } from '../rules/asking.js'
import type { CampaignCandidates } from '../rules/campaign.js'

/** Questionnaires to many in one go, and the days of reminders. */
export function campaignRoutes(router: Router, candidates: CampaignCandidates): void {
  router.get('/questionnaires/campaigns', may('supervision:read'), async (req, res) => {
    const { locale } = contextOf(req)
    const rows = (await campaignsToShow()).map(({ campaign, progress }) =>
      progressPage(campaign, progress, locale),
    )
    await renderPage(req, res, 'questionnaires/campaigns', { rows })
  })

  router.get('/questionnaires/campaign', may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/campaign-new', await newValues(req, candidates))
  })

  router.post('/questionnaires/campaign', may('supervision:write'), async (req, res) => {
    const again = {
      view: 'questionnaires/campaign-new',
      values: () => newValues(req, candidates),
    }
    await answerOn(req, res, readCampaign(req.body), again, async ({ usual, light, ...input }) => {
      const context = contextOf(req)
      const campaign = await startCampaign(context, { ...input, sets: { usual, light } }, candidates)
      redirectWith(
        req,
        res,
        `/questionnaires/campaigns/${campaign.reference}`,
        'questionnaires-asking:flash.campaign',
        { count: campaign.chosen },
      )
    })
  })

  router.get('/questionnaires/campaigns/:campaign', may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/campaign', await campaignValues(req))
  })

  router.post('/questionnaires/campaigns/:campaign/reminders', may('supervision:write'), async (req, res) => {
    const again = { view: 'questionnaires/campaign', values: () => campaignValues(req) }
    await answerOn(req, res, readStop(req.body), again, async ({ reason }) => {
      const { reference } = await stopCampaignReminders(contextOf(req), pathPart(req, 'campaign'), reason)
      redirectWith(
        req,
        res,
        `/questionnaires/campaigns/${reference}`,
        `questionnaires-asking:flash.${reason === null ? 'resumed' : 'stopped'}`,
      )
    })
  })

  router.post('/questionnaires/campaigns/:campaign/stop', may('supervision:write'), async (req, res) => {
    const { reference } = await stopCampaign(contextOf(req), pathPart(req, 'campaign'))
    redirectWith(
      req,
      res,
      `/questionnaires/campaigns/${reference}`,
      'questionnaires-asking:flash.campaign-stopped',
    )
  })

  router.get('/questionnaires/reminders', may('supervision:read'), async (req, res) => {
    await renderPage(req, res, 'questionnaires/reminders', await reminderValues())
  })

  router.post('/questionnaires/reminders', may('supervision:write'), async (req, res) => {
    const again = { view: 'questionnaires/reminders', values: reminderValues }
    await answerOn(req, res, readReminderDays(req.body), again, async (days) => {
      await setReminderDays(contextOf(req), days)
      redirectWith(req, res, '/questionnaires/reminders', 'questionnaires-asking:flash.days')
    })
  })
}

async function reminderValues(): Promise<PageValues> {
  const { offsets, escalate } = await reminderDays()
  const listed = (those: number[]) => those.map(Math.abs).join(', ')
  return {
    stored: {
      before: listed(offsets.filter((offset) => offset < 0)),
      after: listed(offsets.filter((offset) => offset >= 0)),
      escalate,
    },
  }
}

async function campaignValues(req: Request): Promise<PageValues> {
  const { locale } = contextOf(req)
  const { campaign, progress, failed, references } = await campaignToShow(pathPart(req, 'campaign'))
  return {
    campaign: progressPage(campaign, progress, locale),
    leftOut: leftOutPage(campaign, failed, references, locale),
  }
}

/** Who would be asked in the year of the address, with what stands in each one's way. */
async function newValues(req: Request, candidates: CampaignCandidates): Promise<PageValues> {
  const context = contextOf(req)
  const { today, locale } = context
  const asked = Number(queried(req, 'year'))
  const year = asked >= 2018 && asked <= 2100 ? asked : Number(today.slice(0, 4))
  const sets = currentSets()
  const usual = setsToAsk()
  const found = await candidatesOf(context, year, candidates, usual)
  const engagements = await engagementsByIds(found.flatMap((each) => each.engagements))
  const page = candidatesPage(
    found,
    sets,
    new Map(engagements.map(({ _id, reference }) => [_id, reference])),
    locale,
  )
  const named = ({ id, version }: { id: string; version: string }) => `${id} ${version}`
  return {
    ...page,
    sets: setChoices(sets, locale),
    year,
    stored: {
      year,
      dueOn: addDays(today, usualDays),
      usual: named(usual.usual),
      light: named(usual.light),
      vendors: page.ready.map(({ reference }) => reference),
    },
  }
}

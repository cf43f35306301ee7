import type { Timer } from '../jobs/actions.js'
import { continueCampaigns } from './actions/campaign.js'
import { finishAsking, followUpQuestionnaires } from './actions/follow-up.js'
import { remindOfQuestionnaires } from './actions/remind.js'
import { finishReviews } from './actions/review-after.js'

const minute = 60_000

export const questionnaireTimers: Timer[] = [
  {
    name: 'questionnaires.continue-campaigns',
    every: minute,
    run: async (context) => ({ asked: await continueCampaigns(context) }),
  },
  {
    name: 'questionnaires.finish-asking',
    every: minute,
    run: async (context) => ({ written: await finishAsking(context) }),
  },
  {
    name: 'questionnaires.follow-up',
    every: minute,
    run: async (context) => ({ moved: await followUpQuestionnaires(context) }),
  },
  { name: 'questionnaires.remind', every: 30 * minute, run: remindOfQuestionnaires },
  { name: 'questionnaires.finish-reviews', every: minute, run: finishReviews },
]

/** What other rooms are told of the year's supervision. */
import type { Task } from '../../base/task.js'
import type { Context } from '../../base/context.js'
import { calendarYear, type Day } from '../../base/day.js'
import type { CampaignCandidate } from '../../questionnaires/rules/campaign.js'
import { supervisionOfYear, tasksOf, type SupervisionOfYear } from '../rules.js'
import { yearOf } from './year.js'

/** Vendors that owe a questionnaire in the year and have not been asked: what a campaign is made of, the first due first. */
export async function campaignCandidates(
  context: Pick<Context, 'today'>,
  year: number,
): Promise<CampaignCandidate[]> {
  const rows = await yearOf(context, year)
  return rows
    .flatMap(({ vendor, engagements }): CampaignCandidate[] => {
      const owing = engagements.flatMap(({ engagement, duties }) =>
        duties
          .filter(({ kind, stage }) => kind === 'questionnaire' && stage === 'nothing')
          .map(({ why, dueOn }) => ({ engagement, why, dueOn })),
      )
      if (owing.length === 0) return []
      const whys = owing.map(({ why }) => why)
      const why = whys.includes('replacement')
        ? 'replacement'
        : whys.includes('addition')
          ? 'addition'
          : 'yearly'
      return [
        {
          vendor: vendor.id,
          engagements: owing.map(({ engagement }) => engagement.id),
          why,
          dueOn: owing.map(({ dueOn }) => dueOn).toSorted()[0] ?? calendarYear(year).to,
          // The short set suffices where all that is asked about has few points.
          light: owing.every(({ engagement }) => engagement.scored !== null && engagement.scored.total <= 2),
        },
      ]
    })
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

/** What staff has to do about the year's supervision, for the dashboard. */
export async function supervisionTasks(today: Day): Promise<Task[]> {
  return tasksOf(await yearOf({ today }, Number(today.slice(0, 4))), today)
}

/** The year in numbers with their references, for the yearly audit. */
export async function supervisionInYear(
  context: Pick<Context, 'today'>,
  year: number,
): Promise<SupervisionOfYear> {
  return supervisionOfYear(await yearOf(context, year))
}

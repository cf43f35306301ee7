/** What anyone could read, and when: sections on the pages of who was told what. Handed to the notices room in `app.ts`. */
import type { Context } from '../base/context.js'
import type { Day } from '../base/day.js'
import { textIn } from '../i18n/texts.js'
import type { Panel } from '../notices/routes.js'
import type { Engagement } from '../register/rules.js'
import { publicListNow } from './actions/settings.js'
import { changesInWords, editionName } from './page/changes.js'
import { calledIn } from './page/entry.js'
import { editionInForce, editionsChanging, entryInFirst } from './records/editions.js'

/** The editions in which it came, changed or went. Null where no edition ever had it. */
export async function engagementPublished(
  { reference }: Pick<Engagement, 'reference'>,
  { locale }: Context,
): Promise<Panel | null> {
  const t = textIn(locale)
  const [first, editions, { on }] = await Promise.all([
    entryInFirst(reference),
    editionsChanging(reference),
    publicListNow(),
  ])
  const said = editions.map(({ _id, changes }) => ({
    _id,
    text: changesInWords(
      changes.filter(({ entry }) => entry.id === reference),
      locale,
    ).join(' '),
  }))
  const all = first
    ? [
        {
          _id: first._id,
          text: t('public-list:told.first', { name: calledIn(first.entry, locale) }),
        },
        ...said,
      ]
    : said
  if (all.length === 0) return null
  return {
    title: t('public-list:told.title'),
    view: 'public-list/told',
    values: {
      lead: t('public-list:told.lead'),
      items: all.toReversed().map(({ _id, text }) => ({
        text,
        edition: t('public-list:told.edition', { edition: editionName(_id, locale) }),
        // While the list is off there is no such page.
        url: on ? archived(_id) : null,
      })),
    },
  }
}

/** The edition that counted at the end of the day. Null where there was none. */
export async function publishedByThen(day: Day, { locale }: Context): Promise<Panel | null> {
  const t = textIn(locale)
  const [edition, { on }] = await Promise.all([editionInForce(day), publicListNow()])
  if (!edition) return null
  return {
    title: t('public-list:told.title'),
    view: 'public-list/told',
    values: {
      lead: t('public-list:told.courtesy'),
      items: [
        {
          text: t('public-list:count', { count: edition.count }),
          edition: t('public-list:told.edition', { edition: editionName(edition._id, locale) }),
          url: on ? archived(edition._id) : null,
        },
      ],
    },
  }
}

function archived(edition: string): string {
  return `/sub-processors/archive/${edition}`
}

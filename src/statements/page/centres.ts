import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { addressInWords, assuranceInWords } from '../../register/page.js'
import { centreKey, type DataCentre, type Vendor } from '../../register/rules.js'
import { reliedOnUntil, type CentreVerdict, type Terms } from '../rules.js'
import { kindInWords, urlOf, type State } from './words.js'

export type Judged = {
  centre: DataCentre
  operator: Vendor | null
  verdict: CentreVerdict
  inUse: boolean
  through: Vendor | null
}

/** Whether C.2 is kept at each data centre, by which statement or why not, and what to do about it. */
export function centresPage(judged: readonly Judged[], today: Day, locale: Locale, terms: Terms) {
  return {
    count: judged.length,
    lacking: judged.filter(({ verdict }) => !verdict.ok).length,
    rows: judged.map((each) => centreRow(each, today, locale, terms)),
  }
}

function centreRow(
  { centre, operator, verdict, inUse, through }: Judged,
  today: Day,
  locale: Locale,
  terms: Terms,
) {
  const t = textIn(locale)
  const { statement } = verdict
  const facts = statement?.facts ?? null
  const until = facts && reliedOnUntil(facts, terms)
  const own = centre.holder === 'site'
  return {
    name: own ? centre.name || centre.address : centre.address,
    url: own ? `/sites/${centre.reference}` : `/engagements/${centre.reference}`,
    reference: centre.reference,
    key: centreKey(centre),
    ok: verdict.ok,
    address: addressInWords(centre.address, centre.country, locale),
    operator: operator && { text: operator.name, url: `/vendors/${operator.reference}` },
    inUse: inUse ? '' : t('statements:centre.not-in-use'),
    state: stateOf(verdict, locale),
    why: verdict.ok ? '' : t(`statements:centre.why.${verdict.reason}`),
    through: through === null ? '' : t('statements:centre.through', { name: through.name }),
    statement: statement && {
      url: urlOf(statement),
      reference: statement.reference,
      text: facts ? kindInWords(facts, t) : t('statements:unread'),
    },
    until: verdict.ok && until ? t('statements:centre.until', { day: formatShortDay(until, locale) }) : '',
    noted: centre.assurance === undefined ? null : assuranceInWords(centre.assurance, today, locale),
    action: actionFor({ centre, operator, verdict }, locale),
  }
}

function stateOf(verdict: CentreVerdict, locale: Locale): State {
  const t = textIn(locale)
  if (verdict.ok)
    return {
      tone: 'good',
      word: t(verdict.equivalent ? 'statements:centre.equivalent' : 'statements:centre.ok'),
    }
  const tone = verdict.reason === 'not-concluded' ? 'wait' : 'stop'
  return { tone, word: t(`statements:centre.reason.${verdict.reason}`) }
}

function actionFor(
  { centre, operator, verdict }: Pick<Judged, 'centre' | 'operator' | 'verdict'>,
  locale: Locale,
): { url: string; text: string } | null {
  const t = textIn(locale)
  if (verdict.ok) return null
  if (verdict.reason === 'no-operator')
    return { url: `/sites/${centre.reference}/edit`, text: t('statements:centre.do.operator') }
  if (verdict.reason === 'not-concluded' && verdict.statement)
    return { url: urlOf(verdict.statement), text: t('statements:centre.do.review') }
  return (
    operator && {
      url: `/statements/request?vendor=${operator.reference}`,
      text: t('statements:centre.do.ask'),
    }
  )
}

import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { openFinding } from '../../findings/actions.js'
import { textIn } from '../../i18n/texts.js'
import { allSites, engagementsByIds, engagementsInDataCentres, vendorsByIds } from '../../register/actions.js'
import {
  dataCentres,
  plainAddress,
  siteState,
  type DataCentre,
  type Site,
  type Vendor,
} from '../../register/rules.js'
import { statementsOfVendors } from '../records.js'
import { judgeCentre, type CentreVerdict, type Statement } from '../rules.js'
import { settingsNow } from './settings.js'

export type JudgedCentre = {
  centre: DataCentre
  /** Whose data centre it is; null for a site of our own that nobody is named as operating. */
  operator: Vendor | null
  verdict: CentreVerdict
  /** Processing takes place there today. */
  inUse: boolean
  /** Whose statement it is, where it is not the operator's own. */
  through: Vendor | null
  sample: boolean
}

/** Whose data centres. */
export type CentresAsked = {
  sites: readonly Site[]
  engagements: Readonly<Awaited<ReturnType<typeof engagementsInDataCentres>>>
}

/** Every data centre on record, and by which statement it holds what C.2 asks, or why not; what is lacking first. */
export async function centresNow(today: Day): Promise<JudgedCentre[]> {
  const [sites, engagements] = await Promise.all([allSites(), engagementsInDataCentres()])
  return centresOf({ sites, engagements }, today)
}

/** The same of these records alone. */
export async function centresOf(
  { sites, engagements: colocated }: CentresAsked,
  today: Day,
): Promise<JudgedCentre[]> {
  const settings = await settingsNow()
  const bySite = new Map(sites.map((site) => [site.reference, site]))
  const centres = dataCentres(sites, colocated, today)
  const operatorOf = (centre: DataCentre) =>
    centre.holder === 'site' ? (bySite.get(centre.reference)?.operator ?? null) : centre.vendor
  const ids = [...new Set(centres.flatMap((centre) => operatorOf(centre) ?? []))]
  const statements = await withCarvedOut(await statementsOfVendors(ids))
  const engagements = await engagementsByIds(colocated.map(({ _id }) => _id))
  const byReference = new Map(engagements.map((each) => [each.reference, each]))
  const used = new Set(
    engagements
      .filter(
        ({ inUse: { since, until } }) =>
          since !== null && since <= today && (until === null || until > today),
      )
      .map(({ reference }) => reference),
  )
  const vendors = new Map(
    (await vendorsByIds([...new Set([...ids, ...statements.map(({ vendor }) => vendor)])])).map((each) => [
      each._id,
      each,
    ]),
  )
  const all = centres.map((centre): JudgedCentre => {
    const id = operatorOf(centre)
    const site = bySite.get(centre.reference)
    const verdict: CentreVerdict =
      id === null
        ? { ok: false, reason: 'no-operator', statement: null }
        : judgeCentre(centre, reachable(statements, id), settings.equivalents, today, settings.terms)
    const of = verdict.statement?.vendor
    return {
      centre,
      operator: id === null ? null : (vendors.get(id) ?? null),
      verdict,
      inUse:
        centre.holder === 'site'
          ? site !== undefined && siteState(site, today) === 'in-use'
          : used.has(centre.reference),
      through: of !== undefined && of !== id ? (vendors.get(of) ?? null) : null,
      sample: site?.sample ?? byReference.get(centre.reference)?.sample ?? false,
    }
  })
  return [...all.filter(({ verdict }) => !verdict.ok), ...all.filter(({ verdict }) => verdict.ok)]
}

/**
 * C.2: a data centre in use without such a statement is a finding. One that only waits for our own review is a task, not yet a
 * finding. A repeat finds what there is.
 */
export async function findLackingCentres(context: Context): Promise<{ lacking: number }> {
  let found = 0
  for (const { centre, operator, verdict, inUse, sample } of await centresNow(context.today)) {
    if (verdict.ok || !inUse || verdict.reason === 'not-concluded') continue
    const { reason, statement } = verdict
    const words = (locale: 'da' | 'en') => {
      const t = textIn(locale)
      return t('statements:finding.centre', {
        place: centre.address,
        who: operator?.name ?? centre.name,
        reason: t(`statements:centre.reason.${reason}`),
      })
    }
    await openFinding(context, {
      source: {
        kind: 'rule',
        id: `C.2/${centre.reference}`,
        item: [plainAddress(centre.address), reason, statement?.reference ?? ''].join('/'),
      },
      vendor: operator?._id ?? null,
      text: { da: words('da'), en: words('en') },
      severity: 'high',
      sample,
    })
    found += 1
  }
  return { lacking: found }
}

/** What an operator's own statement leaves to a supplier's (carve-out) may be shown by that supplier's. */
async function withCarvedOut(statements: readonly Statement[]): Promise<Statement[]> {
  const known = new Set(statements.map(({ vendor }) => vendor))
  const further = statements.flatMap(({ subservices }) =>
    subservices.flatMap(({ vendor }) => (vendor !== null && !known.has(vendor) ? [vendor] : [])),
  )
  return [...statements, ...(await statementsOfVendors([...new Set(further)]))]
}

function reachable(statements: readonly Statement[], operator: string): Statement[] {
  const own = statements.filter(({ vendor }) => vendor === operator)
  const carvedOut = new Set(
    own.flatMap(({ subservices }) =>
      subservices.flatMap(({ method, vendor }) =>
        method === 'carve-out' && vendor !== null ? [vendor] : [],
      ),
    ),
  )
  return [...own, ...statements.filter(({ vendor }) => vendor !== operator && carvedOut.has(vendor))]
}

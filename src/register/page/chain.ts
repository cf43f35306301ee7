/** The chain in words: as a tree and as a table, for staff and for one customer. */
import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { countriesInWords } from '../../transfers/page.js'
import type { KnownLink, KnownNode, MovePreview } from '../actions/chain.js'
import { linkStanding, treesOf, type ChainFault, type ChainNode } from '../rules.js'
import { activityOf, addressInWords, contactInWords } from './differences.js'
import { numberInWords, type State } from './words.js'

const tones = { complete: 'good', unidentified: 'stop', incomplete: 'wait' } as const

/** Rows of a tree or a table, in the order they are read. `staff`: with links to the records, faults and what is missing. */
export function chainLinkRows(nodes: readonly KnownNode[], locale: Locale, staff: boolean) {
  return nodes.map((node, place) => ({
    ...linkInWords(node.link, locale),
    reference: staff ? node.link.reference : null,
    url: staff ? `/engagements/${node.link.reference}` : null,
    depth: node.depth,
    path: node.path.map(({ content }) => content.vendorName),
    below: node.below,
    belowWords:
      node.below === 0
        ? ''
        : textIn(locale)('chain:below', { count: node.below, shown: formatNumber(node.below, locale) }),
    fault: staff && node.fault ? faultInWords(node.fault, locale) : null,
    standing: staff ? standingInWords(node.link, locale) : null,
    planned:
      staff && node.link.planned
        ? ({ tone: 'wait', word: textIn(locale)('chain:planned') } satisfies State)
        : null,
    /** How many lists end after this row: the tree is printed row by row, however deep it is. */
    closes: node.below > 0 ? 0 : node.depth - (nodes[place + 1]?.depth ?? 1),
  }))
}

function linkInWords({ content }: KnownLink, locale: Locale) {
  const t = textIn(locale)
  const { storageCountries: storage, accessCountries: access } = content
  return {
    name: content.vendorName,
    number:
      numberInWords(content.registration, locale) ||
      (content.noRegistrationBecause === undefined
        ? ''
        : t('chain:no-number', { because: content.noRegistrationBecause })),
    address: addressInWords(content.address || t('chain:no-address'), content.country, locale),
    contact: content.contact
      ? t('chain:contact', { contact: contactInWords(content) })
      : t('chain:no-contact'),
    activity: activityOf(content, locale),
    stored: storage.length === 0 ? '' : t('chain:stored', { countries: countriesInWords(storage, locale) }),
    accessed: access.length === 0 ? '' : t('chain:accessed', { countries: countriesInWords(access, locale) }),
  }
}

function standingInWords(link: KnownLink, locale: Locale) {
  const t = textIn(locale)
  const standing = linkStanding(link.missing)
  const fields = new Set(link.missing.map(({ field }) => field))
  const what = [...fields].map((field) => t(`worklist:field.${field}`).toLocaleLowerCase(locale))
  return {
    state: { tone: tones[standing], word: t(`chain:standing.${standing}`) } satisfies State,
    missing: what.length === 0 ? '' : t('chain:missing', { what: what.join(', ') }),
  }
}

function faultInWords(fault: ChainFault, locale: Locale) {
  const t = textIn(locale)
  return {
    state: { tone: 'stop', word: t(`chain:fault.${fault}`) } satisfies State,
    advice: t(`chain:advice.${fault}`),
  }
}

/** Enough for one page: whole trees until there are this many links. */
const linksPerPage = 150

/** The trees cut into pages; a tree is never torn. */
export function pagesOfTrees(trees: readonly ChainNode[][]): ChainNode[][] {
  const pages: ChainNode[][] = []
  for (const tree of trees) {
    const last = pages.at(-1)
    if (last && last.length + tree.length <= linksPerPage) last.push(...tree)
    else pages.push([...tree])
  }
  return pages
}

export type ChainAsked = { on: string; customer: string; as: 'tree' | 'table'; only: string }

/** `trees`: the whole forest of the day; `nodes`: those of it that this page shows. */
export function chainPage(
  trees: readonly ChainNode[][],
  nodes: readonly KnownNode[],
  asked: ChainAsked & { page: number; pages: number },
  locale: Locale,
) {
  const t = textIn(locale)
  const shown = (key: 'links' | 'trees' | 'levels', count: number) =>
    t(`chain:summary.${key}`, { count, shown: formatNumber(count, locale) })
  const all = trees.flat()
  const faults = all.filter(({ fault }) => fault !== null).length
  const unidentified = nodes.filter(({ link }) => linkStanding(link.missing) === 'unidentified').length
  const plural = (count: number) => ({ count, shown: formatNumber(count, locale) })
  return {
    summary:
      all.length === 0
        ? ''
        : [
            shown('links', all.length),
            shown('trees', trees.length),
            shown(
              'levels',
              all.reduce((most, { depth }) => Math.max(most, depth), 0),
            ),
          ].join(', '),
    as: asked.as,
    shapes: shapesOf((as) => chainUrl({ ...asked, as }), asked.as, locale),
    rows: chainLinkRows(nodes, locale, true),
    faults:
      faults === 0
        ? null
        : {
            text: t('chain:faults', plural(faults)),
            only: asked.only === 'faults',
            url: chainUrl({ ...asked, only: asked.only === 'faults' ? '' : 'faults' }),
          },
    identity: unidentified === 0 ? '' : t('chain:identity', plural(unidentified)),
    paging:
      asked.pages <= 1
        ? null
        : {
            count: trees.length,
            previous: asked.page > 1 ? chainUrl(asked, asked.page - 1) : null,
            next: asked.page < asked.pages ? chainUrl(asked, asked.page + 1) : null,
          },
  }
}

/** The two ways to show it, as links. */
export function shapesOf(url: (as: 'tree' | 'table') => string, as: string, locale: Locale) {
  const t = textIn(locale)
  return (['tree', 'table'] as const).map((shape) => ({
    text: t(`chain:as.${shape}`),
    url: url(shape),
    current: shape === as,
  }))
}

function chainUrl({ on, customer, as, only }: ChainAsked, page = 1): string {
  const query = new URLSearchParams({ on })
  if (customer !== '') query.set('customer', customer)
  if (as !== 'tree') query.set('as', as)
  if (only !== '') query.set('only', only)
  if (page > 1) query.set('page', String(page))
  return `/register/chain?${query.toString()}`
}

/** On an engagement's page: the way down to it, what is wrong with it, and what hangs below. */
export function chainAroundInWords(
  around: {
    path: KnownLink[]
    circle: boolean
    parentEnded: boolean
    parentGone: boolean
    nodes: KnownNode[]
  },
  locale: Locale,
) {
  const fault: ChainFault | null = around.circle
    ? 'circle'
    : around.parentGone
      ? 'parent-gone'
      : around.parentEnded
        ? 'parent-ended'
        : null
  return {
    path: around.path.map((link) => ({
      ...linkPlace(link, locale),
      ended: link.ended,
    })),
    fault: fault && faultInWords(fault, locale),
    below: around.nodes[0]?.below ?? 0,
    // The engagement itself is what the page is about: the tree begins below it.
    rows: chainLinkRows(
      treesOf(around.nodes)
        .flat()
        .slice(1)
        .map((node) => ({ ...node, depth: node.depth - 1 })),
      locale,
      true,
    ),
  }
}

function linkPlace(link: KnownLink, locale: Locale) {
  return {
    url: `/engagements/${link.reference}`,
    name: link.content.vendorName,
    text: `${link.content.vendorName}: ${activityOf(link.content, locale)}`,
  }
}

const mostNamed = 10

/** What a move would do: what goes along, and who sees it after and did not before. */
export function movePreviewInWords(
  preview: MovePreview,
  names: ReadonlyMap<string, { name: string; reference: string }>,
  locale: Locale,
) {
  const t = textIn(locale)
  const [, ...along] = preview.branch
  const more = Math.max(0, along.length - mostNamed)
  return {
    to: preview.to.path.map((link) => linkPlace(link, locale)),
    along: along.slice(0, mostNamed).map(({ link }) => linkPlace(link, locale)),
    alongMore:
      more === 0 ? '' : t('chain:move.along-more', { count: more, shown: formatNumber(more, locale) }),
    customers: (['gain', 'lose', 'keep'] as const).flatMap((what) => {
      const ids = preview[what]
      const rest = ids.length - mostNamed
      return ids.length === 0
        ? []
        : [
            {
              what,
              text: t(`chain:move.${what}`, { count: ids.length, shown: formatNumber(ids.length, locale) }),
              named: ids.slice(0, mostNamed).flatMap((id) => {
                const customer = names.get(id)
                return customer ? [{ ...customer, url: `/customers/${customer.reference}` }] : []
              }),
              more:
                rest <= 0
                  ? ''
                  : t('chain:move.along-more', { count: rest, shown: formatNumber(rest, locale) }),
            },
          ]
    }),
    warns: preview.gain.length > 0,
    named: mostNamed,
  }
}

/** The customers whose names a preview shows. */
export function namedIn({ gain, lose, keep }: MovePreview): string[] {
  return [gain, lose, keep].flatMap((ids) => ids.slice(0, mostNamed))
}

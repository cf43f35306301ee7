/** The chain in words: as a tree and as a table, for staff and for one customer. */
import type { Locale } from '../../base/context.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { KnownLink, KnownNode } from '../actions/chain.js'
import { linkStanding, treesOf, type ChainFault, type ChainNode } from '../rules.js'
import { chainLinkRows, faultInWords, linkPlace } from './chain-links.js'

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

export type ChainAsked = { on: string; customer: string; as: 'tree' | 'table'; only: string; q: string }

/** `trees`: the whole forest of the day; `nodes`: those of it that this page shows. */
export function chainPage(
  trees: readonly ChainNode[][],
  nodes: readonly KnownNode[],
  asked: ChainAsked & {
    page: number
    pages: number
    /** The trees that the filters leave. */
    chosen: readonly ChainNode[][]
    /** Ids of the links that were searched for; null where nothing was. */
    found: ReadonlySet<string> | null
  },
  locale: Locale,
) {
  const t = textIn(locale)
  const shown = (key: 'links' | 'trees' | 'levels', count: number) =>
    t(`chain:summary.${key}`, { count, shown: formatNumber(count, locale) })
  const all = trees.flat()
  const faults = all.filter(({ fault }) => fault !== null).length
  const unidentified = nodes.filter(({ link }) => linkStanding(link.missing) === 'unidentified').length
  const plural = (count: number) => ({ count, shown: formatNumber(count, locale) })
  const { found, chosen } = asked
  const hits = found ? chosen.flat().filter(({ link }) => found.has(link._id)).length : 0
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
    found: found === null ? '' : t('chain:found', { ...plural(hits), q: asked.q }),
    rows: chainLinkRows(nodes, locale, true).map((row, place) => ({
      ...row,
      found: found?.has(nodes[place]?.link._id ?? '') === true,
    })),
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
            count: chosen.length,
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

function chainUrl({ on, customer, as, only, q }: ChainAsked, page = 1): string {
  const query = new URLSearchParams({ on })
  if (q !== '') query.set('q', q)
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

import type { Request, Response, Router } from 'express'
import { confirmDeclaration, declarationsFor, takeDeclaration } from '../../audits/actions/received.js'
import { declarationKind } from '../../audits/mails.js'
import { declarationCard } from '../../audits/page/sending.js'
import { byLink } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import type { Problem } from '../../base/form.js'
import { textIn } from '../../i18n/texts.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { confirmDeclared, declaredTogether, type Declared } from '../actions/declared-together.js'
import { readTogether } from '../form.js'
import { declaredTogetherPage } from '../page/declared-together.js'
import { askWhose, maySeeTogether } from './mailbox.js'
import { visiting, type Visited } from './visiting.js'

const base = '/c/:link/declarations'

/** The declarations of the yearly audit (DPA C.7): all that are signed, whether they were sent to the customer or not. */
export function declarationRoutes(router: Router): void {
  router.get(
    base,
    byLink(),
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const t = textIn(reader.locale)
      const all = await declarationsFor(visitor.customer)
      const cards = await Promise.all(
        all.map(async (each) => {
          const those = await declaredTogether(visitor, each.declaration.audit, reader.today)
          const others = Math.max(0, those.length - 1)
          return { ...each, others, known: maySee(req, visited, those) }
        }),
      )
      await renderPage(req, res, 'customer-page/declarations', {
        title: t('declaration:customer.title'),
        lead: t('declaration:customer.lead'),
        base: reader.base,
        cards: cards.map(({ known, ...each }) => ({
          ...declarationCard(each, { ...reader, zone: req.house.config.zone }),
          several: !known && { base: reader.base, to: togetherPath(each.declaration.reference) },
        })),
      })
    }),
  )

  router.get(
    `${base}/:reference/together`,
    byLink(),
    visiting((req, res, visited) => showTogether(req, res, visited)),
  )

  router.post(
    `${base}/:reference/together/receipt`,
    byLink(),
    visiting(async (req, res, visited) => {
      const read = readTogether(req.body)
      if (read.problems) return showTogether(req, res, visited, read.problems)
      const { reader } = visited
      const { declaration, those } = await togetherOf(req, visited)
      if (!maySee(req, visited, those))
        return askWhose(req, res, visited, togetherPath(declaration.reference))
      const chosen = those.filter(({ customer }) => read.input.customers.includes(customer._id))
      const count = await confirmDeclared(contextOf(req), chosen, declaration.reference)
      redirectWith(
        req,
        res,
        `${reader.base}/declarations/${declaration.reference}/together`,
        'shared:page.confirmed',
        { count },
      )
    }),
  )

  router.get(
    `${base}/:reference/:file`,
    byLink(),
    visiting(async (req, res, { visitor }) => {
      const wanted = (['da', 'en', 'copy'] as const).find((each) => each === pathPart(req, 'file'))
      if (!wanted) throw new NotFound()
      const asked = { reference: pathPart(req, 'reference'), wanted }
      await sendFile(res, await takeDeclaration(contextOf(req), visitor.customer, visitor.contact.id, asked))
    }),
  )

  router.post(
    `${base}/:reference/receipt`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const reference = pathPart(req, 'reference')
      await confirmDeclaration(contextOf(req), visitor.customer, visitor.contact.id, reference)
      redirectWith(req, res, `${reader.base}/declarations`, 'declaration:flash.confirmed')
    }),
  )
}

/** Whether those may be told of: there are no others, or the reader has shown to be the person who answers for them. */
function maySee(req: Request, visited: Visited, [own, ...others]: readonly Declared[]): boolean {
  const about = { kind: declarationKind, id: own?.copy._id ?? '' }
  return others.length === 0 || maySeeTogether(req, visited, about)
}

function togetherPath(reference: string): string {
  return `declarations/${reference}/together`
}

/** Throws `NotFound` where the visitor's own customer was not sent it. */
async function togetherOf(req: Request, { visitor, reader }: Visited) {
  const reference = pathPart(req, 'reference')
  const all = await declarationsFor(visitor.customer)
  const own = all.find(({ declaration }) => declaration.reference === reference)
  const those = own ? await declaredTogether(visitor, own.declaration.audit, reader.today) : []
  if (!own || those.length === 0) throw new NotFound()
  return { ...own, those }
}

async function showTogether(
  req: Request,
  res: Response,
  visited: Visited,
  problems: Problem[] = [],
): Promise<void> {
  const { reader } = visited
  const { zone } = req.house.config
  const { declaration, copy, those } = await togetherOf(req, visited)
  if (!maySee(req, visited, those)) return askWhose(req, res, visited, togetherPath(declaration.reference))
  const card = declarationCard({ declaration, copy, others: those.length - 1 }, { ...reader, zone })
  const wrong = problems.length > 0
  const page = declaredTogetherPage({ declaration, card, those }, wrong ? new Set() : null, reader, zone)
  await renderPage(req, res, 'customer-page/declared-together', { ...page, problems }, wrong ? 422 : 200)
}

/** For the start page: the newest one that holds; null where none is signed. */
export async function newestDeclaration({ visitor, reader }: Visited) {
  const all = await declarationsFor(visitor.customer)
  const newest = all.find(({ declaration }) => declaration.state === 'signed')
  if (!newest) return null
  const { declaration, copy } = newest
  return {
    year: declaration.year,
    url: `${reader.base}/declarations`,
    // Whoever was sent one is asked to confirm it; who was not may still have it.
    toConfirm: copy !== null && copy.receipt === null,
  }
}

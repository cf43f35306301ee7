import type { Request, Response, Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { hasShownMailbox, mailboxCookie, mailboxShown, openedAsShared } from '../../auth/shared-links.js'
import { textIn } from '../../i18n/texts.js'
import { queried } from '../../web/answer.js'
import { cookieOptions } from '../../web/cookies.js'
import { contextOf, pathPart, redirectWith, renderPage } from '../../web/page.js'
import { askForMailbox, pathToOther } from '../actions/mailbox.js'
import { readMailbox } from '../form.js'
import { maskedAddress } from '../rules/statement.js'
import { visiting, type Visited } from './visiting.js'

/** What is shown of a person's other customers: to that person, and not to whoever was forwarded one of the links. */
export function mailboxRoutes(router: Router): void {
  router.post(
    '/c/:link/mailbox',
    byLink(),
    visiting(async (req, res, visited) => {
      const { visitor, reader } = visited
      const { to } = readMailbox(req.body)
      if (isThePerson(req, visited)) return redirectWith(req, res, `${reader.base}/${to}`)
      const asked = await askForMailbox(contextOf(req), visitor, to)
      redirectWith(req, res, `${reader.base}/codes/${asked._id}`)
    }),
  )

  router.get(
    '/c/:link/others/:customer',
    byLink(),
    visiting(async (req, res, visited) => {
      const reference = pathPart(req, 'customer')
      const to = queried(req, 'to')
      if (!isThePerson(req, visited))
        return askWhose(req, res, visited, `others/${encodeURIComponent(reference)}${to ? `?to=${to}` : ''}`)
      const path = await pathToOther(req.house, visited.visitor, reference, visited.reader.today)
      res.redirect(303, to ? `${path}?to=${encodeURIComponent(to)}` : path)
    }),
  )
}

/** Whether this browser has shown the mailbox of the link's contact. */
export function isThePerson(req: Request, { visitor }: Pick<Visited, 'visitor'>): boolean {
  return hasShownMailbox(req, visitor.contact.email)
}

/** The same, or the link came in a mail that named all of them. `about`: the visitor's own part of what is shown for all. */
export function maySeeTogether(req: Request, visited: Visited, about: { kind: string; id: string }): boolean {
  const { link } = req
  const told = link?.about.kind === about.kind && link.about.id === about.id && openedAsShared(req)
  return told || isThePerson(req, visited)
}

/** Instead of the page: asks for a code from the person's own mailbox, and says nothing of whom the page would show. */
export async function askWhose(
  req: Request,
  res: Response,
  { visitor, reader }: Visited,
  to: string,
): Promise<void> {
  const t = textIn(reader.locale)
  await renderPage(
    req,
    res,
    'customer-page/mailbox',
    {
      title: t('mailbox:title'),
      lead: t('mailbox:lead', { address: maskedAddress(visitor.contact.email) }),
      base: reader.base,
      to,
    },
    req.method === 'GET' ? 200 : 403,
  )
}

/** A code from the mailbox was typed here: for the rest of the sitting it need not be typed again. */
export function noteMailbox(req: Request, res: Response, { visitor }: Visited): void {
  const { name, path, hours } = mailboxCookie
  const shown = mailboxShown(req.house, visitor.contact.email)
  res.cookie(name, shown, { ...cookieOptions(req, path), maxAge: hours * 3_600_000 })
}

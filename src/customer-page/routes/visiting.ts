import type { Request, RequestHandler, Response } from 'express'
import { askForOrganisation } from '../../auth/organisation.js'
import { approversOn } from '../../customers/rules.js'
import { speak } from '../../web/language.js'
import { contextOf } from '../../web/page.js'
import { visitorBy, type Visitor } from '../actions.js'
import type { Reader } from '../page.js'

export type Visited = { visitor: Visitor; reader: Reader }

/** Whom the page is for, and in that person's language unless the reader chose another. */
export function visiting(
  show: (req: Request, res: Response, visited: Visited) => Promise<void>,
): RequestHandler {
  return async (req, res) => {
    const { link } = req
    if (!link) throw new Error('a customer page without byLink()')
    const { today } = contextOf(req)
    const visitor = await visitorBy(link, today)
    speak(req, visitor.contact.locale)
    const reader: Reader = {
      locale: req.locale,
      today,
      base: `/c/${link._id}`,
      contact: visitor.contact,
      approvers: approversOn(visitor.customer.contacts, today),
    }
    askForOrganisation(req)
    await show(req, res, { visitor, reader })
  }
}

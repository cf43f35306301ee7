import { Router } from 'express'
import { may } from '../auth/guards.js'
import { NotFound } from '../base/errors.js'
import { renderPage } from '../web/page.js'
import { sendFile, sendFramed } from '../web/send.js'
import { readMailboxQuery } from './form.js'
import { htmlWithoutLink, listRow, mailboxUrl, mailPage, stateChoices } from './page.js'
import { evidenceOf } from './records/evidence.js'
import { mailById, mailsPage, type Mail } from './records/mails.js'

export const mailRoutes = Router()

mailRoutes.get('/mailbox', may('mail:read'), async (req, res) => {
  const { page: cursor, ...query } = readMailboxQuery(req.query)
  const { page, count } = await mailsPage(query, cursor)
  await renderPage(req, res, 'mailbox/list', {
    rows: page.rows.map((mail) => listRow(mail, req.locale)),
    query,
    narrowed: mailboxUrl(query) !== '/mailbox',
    states: stateChoices(req.locale),
    paging: {
      count,
      next: page.next && mailboxUrl(query, page.next),
      previous: page.previous && mailboxUrl(query, page.previous),
    },
  })
})

mailRoutes.get('/mailbox/:mail', may('mail:read'), async (req, res) => {
  const mail = await known(req.params['mail'])
  const evidence = (await evidenceOf([mail._id])).get(mail._id) ?? []
  await renderPage(req, res, 'mailbox/mail', { mail: mailPage(mail, evidence, req.locale) })
})

mailRoutes.get('/mailbox/:mail/body', may('mail:read'), async (req, res) => {
  sendFramed(res, htmlWithoutLink(await known(req.params['mail'])))
})

mailRoutes.get('/mailbox/:mail/attachments/:number', may('mail:read'), async (req, res) => {
  const { attachments } = await known(req.params['mail'])
  await sendFile(res, attachments[Number(req.params['number']) - 1]?.file ?? '')
})

async function known(id: unknown): Promise<Mail> {
  const mail = typeof id === 'string' ? await mailById(id) : null
  if (!mail) throw new NotFound()
  return mail
}

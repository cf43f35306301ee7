import type { Router } from 'express'
import { byLink } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { textIn } from '../../i18n/texts.js'
import { buildPdf } from '../../documents/pdf.js'
import type { Locale } from '../../base/context.js'
import { lastDayIn } from '../../notices/mails/announcement.js'
import { passingOnFile, passingOnName, passingOnText, tellByWords } from '../../notices/page/passing-on.js'
import { modeOf } from '../../notices/rules/modes.js'
import { pathPart, renderPage } from '../../web/page.js'
import { sendBytes } from '../../web/send.js'
import { noticeShown, type Visitor } from '../actions.js'
import { readDays } from '../form.js'
import { titleOf } from '../page/notice.js'
import { visiting } from './visiting.js'

/** For customers that are processors themselves: what they pass on, and by when. */
export function passingOnRoutes(router: Router): void {
  const path = '/c/:link/notices/:reference/pass-on'

  router.get(
    path,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const { locale, today, base } = reader
      const letter = await letterOf(visitor, pathPart(req, 'reference'), locale)
      const { notice, recipient } = letter
      const read = readDays(req.query)
      const last = modeOf(recipient) === 'information' ? null : lastDayIn(recipient)
      const days = read.input?.days ?? 30
      const page = {
        title: titleOf(letter, textIn(locale)),
        reference: notice.reference,
        url: `${base}/notices/${notice.reference}`,
        last,
        days,
        tell: read.problems ? null : tellByWords(last, days, notice.rules, today, locale),
        text: passingOnText(letter, locale),
      }
      const again = read.problems ? { problems: read.problems, typed: req.query } : {}
      await renderPage(req, res, 'customer-page/pass-on', { ...page, ...again }, read.problems ? 422 : 200)
    }),
  )

  router.get(
    `${path}.pdf`,
    byLink(),
    visiting(async (req, res, { visitor, reader }) => {
      const { locale } = reader
      const letter = await letterOf(visitor, pathPart(req, 'reference'), locale)
      const name = passingOnName(letter.notice.reference, locale)
      sendBytes(res, { type: 'application/pdf', name, bytes: await buildPdf(passingOnFile(letter, locale)) })
    }),
  )
}

async function letterOf(visitor: Visitor, reference: string, locale: Locale) {
  if (!visitor.customer.isProcessor) throw new NotFound()
  const { notice, recipient, services } = await noticeShown(visitor, reference)
  return { notice, recipient, services, contact: { name: visitor.contact.name, locale } }
}

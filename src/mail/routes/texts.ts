import { Router, type Request } from 'express'
import { z } from 'zod'
import { may } from '../../auth/guards.js'
import { peopleByIds } from '../../auth/actions/people.js'
import type { Context, Locale } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { bilingual, choice, readForm, ticked, wholeNumber } from '../../base/form.js'
import { newId } from '../../base/ids.js'
import { contextOf, pathPart, redirectWith, refusalOf, renderPage, type PageValues } from '../../web/page.js'
import { sendFramed } from '../../web/send.js'
import { enqueue, previewMail, type MailContent } from '../actions.js'
import { groupPage, groupRows, groupsOf, slugOf, textPage, textsUrl, versionRows } from '../page/texts.js'
import { testMail } from '../rules/test-mail.js'
import { withText, wordingProblems, type EditableText, type Wording } from '../rules/wording.js'
import { latestWording, restoreWording, saveText, wordingVersions } from '../wording.js'

export type TextPorts = {
  texts: readonly EditableText[]
  /** The mail of that group of texts with real data, worded with these words; null where there is no such group. */
  example: (
    context: Context,
    group: string,
    words: { locale: Locale; wording: Wording | null },
  ) => Promise<MailContent | null>
}

const version = () => wholeNumber(0, 1_000_000)
// Wide: what is too long for the text it is gets its own words.
const saveForm = z.object({ version: version(), words: bilingual(5000), look: ticked() })
const versionForm = z.object({ version: version() })
const testForm = z.object({ language: choice(['da', 'en']) })

const shownVersions = 100

/** The editor of mail texts. Mounted by `app.ts`, which hands over what rooms above mail. */
export function textsRoutes(ports: TextPorts): Router {
  const router = Router()

  router.get(textsUrl, may('texts:write'), async (req, res) => {
    const latest = await latestWording()
    const groups = groupRows(ports.texts, latest, req.locale)
    await renderPage(req, res, 'texts/list', { groups, latest, historyUrl: `${textsUrl}/history` })
  })

  router.get(`${textsUrl}/history`, may('texts:write'), async (req, res) => {
    await renderPage(req, res, 'texts/history', await historyValues(req, ports))
  })

  router.post(`${textsUrl}/history/:number/restore`, may('texts:write'), async (req, res) => {
    const read = readForm(versionForm, req.body)
    const number = Number(pathPart(req, 'number'))
    if (read.problems || !Number.isInteger(number)) throw new NotFound()
    const refused = await restoreWording(contextOf(req), read.input.version, number).catch(refusalOf)
    if (refused instanceof Error)
      return renderPage(
        req,
        res,
        'texts/history',
        { ...(await historyValues(req, ports)), refusal: refused },
        409,
      )
    redirectWith(req, res, `${textsUrl}/history`, 'mail-texts:flash.restored')
  })

  router.get(`${textsUrl}/:group`, may('texts:write'), async (req, res) => {
    const group = groupIn(req, ports)
    await renderPage(
      req,
      res,
      'texts/group',
      groupPage(ports.texts, group, await latestWording(), req.locale),
    )
  })

  router.get(`${textsUrl}/:group/preview/:language`, may('texts:write'), async (req, res) => {
    const locale = languageIn(req)
    const content = await contentOf(req, ports, locale, await latestWording())
    sendFramed(res, (await previewMail(content, locale, true)).html)
  })

  router.post(`${textsUrl}/:group/test`, may('texts:write'), async (req, res) => {
    const { person } = req
    const read = readForm(testForm, req.body)
    if (read.problems || !person) throw new NotFound()
    const { language: locale } = read.input
    const latest = await latestWording()
    const content = await contentOf(req, ports, locale, latest)
    // Of no recipient, so that no clock, reminder or follow-up ever sees it.
    const about = { kind: 'wording', id: latest?._id ?? 'shipped' }
    const to = { address: person.email, name: person.name }
    await enqueue(contextOf(req), [testMail(content, { key: `test/${newId()}`, to, locale, about })])
    redirectWith(req, res, `${textsUrl}/${groupIn(req, ports)}`, 'mail-texts:flash.tested')
  })

  router.get(`${textsUrl}/:group/:text`, may('texts:write'), async (req, res) => {
    await renderPage(req, res, 'texts/text', await textValues(req, ports))
  })

  router.post(`${textsUrl}/:group/:text`, may('texts:write'), async (req, res) => {
    const text = textOf(req, ports)
    const again = async (values: PageValues, status: number) =>
      renderPage(
        req,
        res,
        'texts/text',
        { ...(await textValues(req, ports)), ...values, typed: req.body as unknown },
        status,
      )
    const read = readForm(saveForm, req.body)
    if (read.problems) return again({ problems: read.problems }, 422)
    const { version: seen, look } = read.input
    const words = { da: oneLine(read.input.words.da), en: oneLine(read.input.words.en) }
    const problems = (['da', 'en'] as const).flatMap((language) =>
      wordingProblems(words[language], text, `words.${language}`),
    )
    if (problems.length > 0) return again({ problems }, 422)
    if (look) {
      const latest = await latestWording()
      const wording = { number: seen, texts: withText(latest?.texts ?? [], text.key, words) }
      return again({ looks: await looksOf(req, ports, wording) }, 200)
    }
    const refused = await saveText(contextOf(req), seen, text.key, words).catch(refusalOf)
    if (refused instanceof Error) return again({ refusal: refused }, 409)
    redirectWith(req, res, `${textsUrl}/${text.group}`, 'mail-texts:flash.saved')
  })

  router.post(`${textsUrl}/:group/:text/shipped`, may('texts:write'), async (req, res) => {
    const text = textOf(req, ports)
    const read = readForm(versionForm, req.body)
    if (read.problems) throw new NotFound()
    const refused = await saveText(contextOf(req), read.input.version, text.key, null).catch(refusalOf)
    if (refused instanceof Error)
      return renderPage(req, res, 'texts/text', { ...(await textValues(req, ports)), refusal: refused }, 409)
    redirectWith(req, res, `${textsUrl}/${text.group}`, 'mail-texts:flash.shipped')
  })

  return router
}

// A text is one paragraph: lines are broken where it is read.
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function groupIn(req: Request, { texts }: TextPorts): string {
  const group = pathPart(req, 'group')
  if (!groupsOf(texts).includes(group)) throw new NotFound()
  return group
}

function textOf(req: Request, ports: TextPorts): EditableText {
  const group = groupIn(req, ports)
  const slug = pathPart(req, 'text')
  const text = ports.texts.find((each) => each.group === group && slugOf(each.key) === slug)
  if (!text) throw new NotFound()
  return text
}

function languageIn(req: Request): Locale {
  const language = pathPart(req, 'language')
  if (language !== 'da' && language !== 'en') throw new NotFound()
  return language
}

async function contentOf(
  req: Request,
  ports: TextPorts,
  locale: Locale,
  wording: Wording | null,
): Promise<MailContent> {
  const content = await ports.example(contextOf(req), groupIn(req, ports), { locale, wording })
  if (!content) throw new NotFound()
  return content
}

/** The mail in both languages as plain text, with words that are not saved yet. */
async function looksOf(req: Request, ports: TextPorts, wording: Wording) {
  return Promise.all(
    (['da', 'en'] as const).map(async (locale) => {
      const content = await contentOf(req, ports, locale, wording)
      return { lang: locale, subject: content.subject, text: (await previewMail(content, locale, true)).text }
    }),
  )
}

async function textValues(req: Request, ports: TextPorts): Promise<PageValues> {
  const latest = await latestWording()
  return { ...textPage(textOf(req, ports), latest, req.locale), version: latest?.number ?? 0, looks: [] }
}

async function historyValues(req: Request, ports: TextPorts): Promise<PageValues> {
  const versions = await wordingVersions(shownVersions)
  const people = await peopleByIds([...new Set(versions.map(({ by }) => by))])
  const names = new Map(people.map(({ _id, name }) => [_id, name]))
  const named = versions.map((each) => ({ ...each, by: names.get(each.by) ?? each.by }))
  return {
    versions: versionRows(named, ports.texts, req.locale),
    version: versions[0]?.number ?? 0,
    historyUrl: `${textsUrl}/history`,
  }
}

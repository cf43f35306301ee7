import type { Request, Response, Router } from 'express'
import { byVendorLink } from '../../auth/guards.js'
import { organisation } from '../../auth/organisation.js'
import { NotFound } from '../../base/errors.js'
import type { Read } from '../../base/form.js'
import { filesAbout } from '../../files/actions.js'
import { answerOn } from '../../web/answer.js'
import { speak } from '../../web/language.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { answerFinding, findingById, findingFile, noteOnFinding } from '../actions.js'
import { readAnswer, readQuestion } from '../form.js'
import { vendorFindingPage } from '../page.js'
import type { Finding } from '../rules.js'

const base = '/v/:link/finding'
const files = upload([{ name: 'files', maxCount: 5 }])

/** What the vendor's contact sees of one finding, and says to it. Opening it changes nothing: mail scanners open links. */
export function vendorRoutes(router: Router): void {
  router.get(base, byVendorLink(), async (req, res) => {
    const finding = await findingHere(req)
    await renderPage(req, res, 'findings/vendor', await vendorValues(req, finding))
  })

  router.get(`${base}/files/:file`, byVendorLink(), async (req, res) => {
    const finding = await findingHere(req)
    const file = await findingFile(finding, pathPart(req, 'file'))
    if (!finding.notes.some((note) => note.external && note.files.includes(file))) throw new NotFound()
    await sendFile(res, file)
  })

  router.post(`${base}/answer`, byVendorLink(), files, async (req, res) => {
    await take(req, res, readAnswer(req.body), {
      act: (finding, { text }, name) =>
        answerFinding(
          contextOf(req),
          finding.reference,
          { from: 'vendor', name },
          { text, files: uploaded(req, 'files') },
        ),
      flash: 'answered',
    })
  })

  router.post(`${base}/questions`, byVendorLink(), async (req, res) => {
    await take(req, res, readQuestion(req.body), {
      act: (finding, { question }, name) =>
        noteOnFinding(
          contextOf(req),
          finding.reference,
          { from: 'vendor', name },
          { text: question, files: [], external: true },
        ),
      flash: 'asked',
    })
  })
}

async function take<Input>(
  req: Request,
  res: Response,
  read: Read<Input>,
  { act, flash }: { act: (finding: Finding, input: Input, name: string) => Promise<unknown>; flash: string },
): Promise<void> {
  const finding = await findingHere(req)
  const again = { view: 'findings/vendor', values: () => vendorValues(req, finding) }
  await answerOn(req, res, read, again, async (input) => {
    await act(finding, input, finding.owner?.kind === 'vendor' ? finding.owner.name : '')
    redirectWith(req, res, `/v/${pathPart(req, 'link')}/finding`, `findings:vendor-flash.${flash}`)
  })
}

/** The finding the link is about, in its reader's language. One that has another owner by now is nobody's here. */
async function findingHere(req: Request): Promise<Finding> {
  const { about } = req.vendorLink ?? {}
  const finding = about?.kind === 'finding' ? await findingById(about.id) : null
  if (finding?.owner?.kind !== 'vendor') throw new NotFound()
  speak(req, finding.owner.locale ?? 'da')
  return finding
}

async function vendorValues(req: Request, finding: Finding): Promise<PageValues> {
  const { today, locale } = contextOf(req)
  const [stored, house] = await Promise.all([filesAbout('finding', finding._id), organisation()])
  return vendorFindingPage(
    { finding, files: new Map(stored.map((file) => [file._id, file])), house: house?.name ?? '' },
    { today, locale, zone: req.house.config.zone, base: `/v/${pathPart(req, 'link')}/finding` },
  )
}

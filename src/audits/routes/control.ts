import type { Request, Response, Router } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import type { Read } from '../../base/form.js'
import { severities } from '../../findings/rules.js'
import { textIn } from '../../i18n/texts.js'
import { answer, typedText, type Wrong } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { sendFile } from '../../web/send.js'
import { upload, uploaded } from '../../web/upload.js'
import { testers } from '../actions/begin.js'
import { findingOwners, findingsFor, openAuditFinding } from '../actions/findings.js'
import { auditOf, figuresOf, testOf, type AuditAtWork } from '../actions/read.js'
import { figuresAsked } from '../actions/figures.js'
import { filesOfTest, leaveOutFile, saveTest, testFile, type Saved } from '../actions/testing.js'
import { readFinding } from '../form/audit.js'
import { readTesting } from '../form/testing.js'
import { conflictOf, controlPage, testValueInWords } from '../page/control.js'
import { recordsPage, speaksTo } from '../page/records.js'
import { fieldLabel } from '../page/parts.js'
import { controlUrl } from '../page/words.js'
import type { Audit } from '../rules/audit.js'
import type { Control } from '../rules/controls.js'
import { figuresFor } from '../rules/figures-for.js'
import type { YearFigures } from '../rules/figures.js'
import { marksOf, nested } from '../rules/merge.js'
import { textsOfTest } from '../rules/testing.js'
import { around, atWork, topOf } from './around.js'

const path = '/audits/:reference/controls/:control'
const view = 'audits/control'

export function controlRoutes(router: Router): void {
  router.get(path, may('audits:read'), async (req, res) => {
    await renderPage(req, res, view, await controlValues(req))
  })

  router.post(path, may('audits:write'), upload([{ name: 'files', maxCount: 10 }]), async (req, res) => {
    const [audit, people] = await Promise.all([auditOf(pathPart(req, 'reference')), testers()])
    const control = pathPart(req, 'control')
    const { tester } = await testOf(audit, control)
    const read = readTesting(req.body, [...people.map(({ _id }) => _id), ...(tester ? [tester] : [])])
    await takeTest(req, res, read, { reference: audit.reference, control })
  })

  router.get(`${path}/files/:file`, may('files:read'), async (req, res) => {
    const test = await testOf(await auditOf(pathPart(req, 'reference')), pathPart(req, 'control'))
    await sendFile(res, await testFile(test, pathPart(req, 'file')))
  })

  router.post(`${path}/files/:file/leave-out`, may('audits:write'), async (req, res) => {
    const [reference, control] = [pathPart(req, 'reference'), pathPart(req, 'control')]
    await leaveOutFile(contextOf(req), reference, control, pathPart(req, 'file'))
    redirectWith(req, res, `${controlUrl({ reference }, control)}#evidence`, 'audits:flash.file-left-out')
  })

  router.post(`${path}/findings`, may('audits:write'), async (req, res) => {
    const owners = await findingOwners()
    const context = contextOf(req)
    const read = readFinding(req.body, { owners: owners.map(({ value }) => value), today: context.today })
    // The page has the control's own form, too: it shows what is stored, not the empty fields of this one.
    const again = async (wrong: Wrong) => {
      const test = await testOf(await auditOf(pathPart(req, 'reference')), pathPart(req, 'control'))
      const typed = { ...nested(textsOfTest(test)), methods: test.methods, ...(req.body as object) }
      const values = { ...(await controlValues(req)), ...wrong, typed }
      await renderPage(req, res, view, values, wrong.problems ? 422 : 409)
    }
    await answer(read, again, async (input) => {
      const [reference, control] = [pathPart(req, 'reference'), pathPart(req, 'control')]
      const owner = owners.find(({ value }) => value === input.owner)?.owner ?? null
      const finding = await openAuditFinding(context, reference, control, { ...input, owner })
      redirectWith(req, res, `${controlUrl({ reference }, control)}#findings`, 'audits:flash.finding', {
        reference: finding.reference,
      })
    })
  })
}

type Typed = { typed: Record<string, string>; marks: string; next: boolean }

async function takeTest(
  req: Request,
  res: Response,
  read: Read<Typed>,
  { reference, control }: { reference: string; control: string },
): Promise<void> {
  const again = async (wrong: Wrong) => {
    const values = { ...(await controlValues(req)), ...wrong, typed: req.body as unknown }
    await renderPage(req, res, view, values, wrong.problems ? 422 : 409)
  }
  await answer(read, again, async ({ typed, marks, next }) => {
    const input = { typed, marks, files: uploaded(req, 'files') }
    const saved = await saveTest(contextOf(req), reference, control, input)
    const { problems, merged } = saved
    if (problems.length > 0 || merged.conflicts.length > 0) return showAgain(req, res, saved)
    const page = await controlValues(req)
    const following = page['nextOpen'] as { url: string } | null
    const url = next && following ? following.url : controlUrl({ reference }, control)
    redirectWith(req, res, url, 'audits:flash.saved', { control })
  })
}

/** What was typed together with what others saved, and where both changed the same field both of them. */
async function showAgain(req: Request, res: Response, { test, problems, merged }: Saved): Promise<void> {
  const page = await controlValues(req)
  const current = textsOfTest(test)
  const words = testValueInWords(page['names'] as ReadonlyMap<string, string>, req.locale)
  const methods = (merged.values['methods'] ?? '').split(',').filter(Boolean)
  const values: PageValues = {
    ...page,
    problems,
    typed: { ...nested(merged.values), methods },
    marks: marksOf(current),
    conflicts: conflictOf(merged, current, words, fieldLabel(req.locale)),
  }
  await renderPage(req, res, view, values, merged.conflicts.length > 0 ? 409 : 422)
}

async function controlValues(req: Request): Promise<PageValues> {
  const whole: AuditAtWork = await atWork(req)
  const { audit, set, tests } = whole
  const control = set.controls.find(({ id }) => id === pathPart(req, 'control'))
  const test = tests.find((one) => one.control === control?.id)
  if (!control || !test) throw new NotFound()
  const [near, files, findings, people, owners, figures] = await Promise.all([
    around(req, whole),
    filesOfTest(test),
    findingsFor(audit),
    testers(),
    findingOwners(),
    speakingFigures(req, audit, control),
  ])
  const t = textIn(req.locale)
  return {
    top: topOf(req, audit),
    ...controlPage({ whole, control, test, files, findings, testers: people }, near),
    names: new Map([...near.names, ...people.map(({ _id, name }) => [_id, name] as const)]),
    records: figures ? recordsPage(audit, figuresFor(control, figures), req.locale) : [],
    asOf: figures ? new Date(figures.asOf) : null,
    history: await historyOf('audit-test', test._id),
    conflicts: [],
    finding: {
      once: typedText(req, 'once') || newId(),
      owners: owners.map(({ value, text }) => ({ value, text })),
      severities: severities.map((value) => ({ value, text: t(`findings:severity.${value}`) })),
    },
  }
}

/** Counted only for the controls our records speak to. */
async function speakingFigures(req: Request, audit: Audit, control: Control): Promise<YearFigures | null> {
  if (!speaksTo(control)) return null
  return audit.frozen ? figuresOf(contextOf(req), audit) : figuresAsked(contextOf(req), audit)
}

import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Read } from '../../base/form.js'
import { answerOn } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  acceptFinding,
  answerFinding,
  changeFinding,
  closeFinding,
  findingToShow,
  noteOnFinding,
  reopenFinding,
  resumeReminders,
  stopReminders,
} from '../actions.js'
import {
  readAcceptance,
  readAnswer,
  readChange,
  readClosing,
  readNote,
  readReason,
  readReopening,
} from '../form.js'
import { caseValues } from './case.js'
import type { FindingPorts } from './ports.js'

const base = '/findings/:reference'
const files = upload([{ name: 'files', maxCount: 5 }])

export function stepRoutes(router: Router, ports: FindingPorts): void {
  /** A form on the finding's page: taken, or shown again there. */
  const take = async <Input>(
    req: Request,
    res: Response,
    read: Read<Input>,
    { act, flash }: { act: (reference: string, input: Input, by: string) => Promise<unknown>; flash: string },
  ) => {
    const reference = pathPart(req, 'reference')
    const again = { view: 'findings/case', values: () => caseValues(req, ports) }
    await answerOn(req, res, read, again, async (input) => {
      await act(reference, input, req.person?.name ?? '')
      redirectWith(req, res, `/findings/${reference}`, `findings:flash.${flash}`)
    })
  }

  router.post(`${base}/notes`, may('supervision:write'), files, async (req, res) => {
    await take(req, res, readNote(req.body), {
      act: (reference, input, name) =>
        noteOnFinding(
          contextOf(req),
          reference,
          { from: 'staff', name },
          { ...input, files: uploaded(req, 'files') },
        ),
      flash: 'noted',
    })
  })

  router.post(`${base}/answer`, may('supervision:write'), files, async (req, res) => {
    await take(req, res, readAnswer(req.body), {
      act: (reference, { text }, name) =>
        answerFinding(
          contextOf(req),
          reference,
          { from: 'staff', name },
          { text, files: uploaded(req, 'files') },
        ),
      flash: 'answered',
    })
  })

  router.post(`${base}/close`, may('supervision:conclude'), files, async (req, res) => {
    await take(req, res, readClosing(req.body), {
      act: (reference, { closing, ...input }, name) =>
        closeFinding(contextOf(req), reference, name, {
          ...input,
          text: closing,
          files: uploaded(req, 'files'),
        }),
      flash: 'closed',
    })
  })

  router.post(`${base}/accept`, may('supervision:conclude'), async (req, res) => {
    await take(req, res, readAcceptance(req.body), {
      act: (reference, input, name) => acceptFinding(contextOf(req), reference, name, input),
      flash: 'accepted',
    })
  })

  router.post(`${base}/reopen`, may('supervision:conclude'), async (req, res) => {
    await take(req, res, readReopening(req.body), {
      act: (reference, { again, againOn }, name) =>
        reopenFinding(contextOf(req), reference, name, { because: again, dueOn: againOn }),
      flash: 'reopened',
    })
  })

  router.post(`${base}/change`, may('supervision:write'), async (req, res) => {
    const { owners } = await findingToShow(pathPart(req, 'reference'))
    const read = readChange(
      req.body,
      owners.map(({ value }) => value),
    )
    await take(req, res, read, {
      act: (reference, { owner, why, ...input }, name) =>
        changeFinding(contextOf(req), reference, name, {
          ...input,
          because: why,
          owner: owners.find(({ value }) => value === owner)?.owner ?? null,
        }),
      flash: 'changed',
    })
  })

  router.post(`${base}/stop-reminders`, may('supervision:write'), async (req, res) => {
    await take(req, res, readReason(req.body), {
      act: (reference, { reason }) => stopReminders(contextOf(req), reference, reason),
      flash: 'reminders-stopped',
    })
  })

  router.post(`${base}/resume-reminders`, may('supervision:write'), async (req, res) => {
    await resumeReminders(contextOf(req), pathPart(req, 'reference'))
    redirectWith(req, res, `/findings/${pathPart(req, 'reference')}`, 'findings:flash.reminders-resumed')
  })
}

import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import type { Read } from '../../base/form.js'
import { answer } from '../../web/answer.js'
import { contextOf, pathPart, redirectWith } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  answerRequest,
  declineRequest,
  mayWork,
  registerConfirmation,
  requestOf,
  takeRequest,
  withdrawRequest,
  writeInRequest,
} from '../actions.js'
import {
  readAnswer,
  readConfirmation,
  readDecline,
  readMessage,
  readTaking,
  readWithdrawal,
} from '../form.js'
import { showCase } from './case.js'
import type { RequestPorts } from './ports.js'

const base = '/requests/:reference'
const files = upload([{ name: 'files', maxCount: 5 }])

export function stepRoutes(router: Router, ports: RequestPorts): void {
  const take = <Input>(
    req: Request,
    res: Response,
    read: Read<Input>,
    { act, flash }: { act: (reference: string, input: Input) => Promise<unknown>; flash: string },
  ) =>
    answer(
      read,
      (wrong) =>
        showCase(req, res, ports, { ...wrong, typed: req.body as unknown }, wrong.problems ? 422 : 409),
      async (input) => {
        const reference = pathPart(req, 'reference')
        await act(reference, input)
        redirectWith(req, res, `/requests/${reference}`, `requests:flash.${flash}`)
      },
    )

  router.post(`${base}/take`, may('requests:write'), async (req, res) => {
    const owners = (await mayWork()).map(({ _id }) => _id)
    await take(req, res, readTaking(req.body, owners), {
      act: (reference, input) => takeRequest(contextOf(req), reference, input),
      flash: 'taken',
    })
  })

  router.post(`${base}/answer`, may('requests:write'), files, async (req, res) => {
    await take(req, res, readAnswer(req.body), {
      act: async (reference, { answer: text, copies, declaration: chosen }) => {
        const declaration = chosen
          ? ((await ports.signedDeclarations()).find(({ id }) => id === chosen) ?? null)
          : null
        const given = { by: writer(req), text, copies, declaration, files: uploaded(req, 'files') }
        await answerRequest(contextOf(req), reference, given)
      },
      flash: 'answered',
    })
  })

  router.post(`${base}/messages`, may('requests:write'), files, async (req, res) => {
    await take(req, res, readMessage(req.body), {
      act: async (reference, { once, direction, message }) => {
        const request = await requestOf(reference)
        const { id, name } = writer(req)
        const said = direction === 'from-customer' ? (request.askedBy?.name ?? request.customerName) : name
        await writeInRequest(contextOf(req), request, {
          once,
          direction,
          by: { kind: 'staff', id, name: said },
          text: message,
          files: uploaded(req, 'files'),
        })
      },
      flash: 'written',
    })
  })

  router.post(`${base}/decline`, may('requests:write'), async (req, res) => {
    await take(req, res, readDecline(req.body), {
      act: (reference, { decline }) => declineRequest(contextOf(req), reference, decline),
      flash: 'declined',
    })
  })

  router.post(`${base}/withdraw`, may('requests:write'), async (req, res) => {
    await take(req, res, readWithdrawal(req.body), {
      act: (reference, { withdrawal }) => withdrawRequest(contextOf(req), reference, withdrawal),
      flash: 'withdrawn',
    })
  })

  router.post(`${base}/confirmation`, may('requests:write'), files, async (req, res) => {
    const [file] = uploaded(req, 'files')
    const read = readConfirmation(req.body)
    const whole: typeof read = file
      ? read
      : { problems: [...(read.problems ?? []), { field: 'files', text: 'required' }] }
    await take(req, res, whole, {
      act: async (reference, { confirmName: name, confirmTitle: title }) => {
        if (file) await registerConfirmation(contextOf(req), reference, { by: { name, title }, file })
      },
      flash: 'confirmed',
    })
  })
}

function writer({ person }: Request): { id: string; name: string } {
  if (!person) throw new NotFound()
  return { id: person._id, name: person.name }
}

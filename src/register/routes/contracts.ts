import type { Request, Response, Router } from 'express'
import { may } from '../../auth/guards.js'
import type { Read } from '../../base/form.js'
import { customerByReference } from '../../customers/actions.js'
import { pickIn, withPicks } from '../../lists/picker.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import {
  addContract,
  addRedactedCopy,
  checkContract,
  correctContract,
  disownContract,
  owedToCustomers,
  registerCopy,
  registerSending,
  withdrawRedactedCopy,
} from '../actions.js'
import {
  readCheck,
  readContract,
  readCopy,
  readMistake,
  readRedacted,
  readSending,
  type CopyForm,
} from '../form.js'
import {
  checkPage,
  contractAsked,
  contractPage,
  copyAsked,
  copyPage,
  customerBox,
  editContractPage,
  mistakePage,
  newContractPage,
  redactedPage,
  sendingPage,
  withdrawPage,
} from './contract-pages.js'
import { engagementAsked } from './engagement-pages.js'
import { parameter, showForm, which, type FormPage, type Wrong } from './ports.js'

const all = '/engagements/:reference/contracts'
const one = `${all}/:contract`
const paper = upload([{ name: 'file', maxCount: 1 }])

export function contractRoutes(router: Router): void {
  router.get(`${all}/new`, may('register:write'), show(newContractPage))

  router.post(all, may('register:write'), paper, async (req, res) => {
    const context = contextOf(req)
    await answer(readContract(req.body, context.today), again(req, res, newContractPage), async (input) => {
      const id = await addContract(context, which(req), input, file(req))
      redirectWith(req, res, urlOf(req, id), 'contracts:flash.added')
    })
  })

  router.get(one, may('register:read'), async (req, res) => {
    await renderPage(req, res, 'register/contract', await contractPage(req))
  })

  router.get(`${one}/edit`, may('register:write'), show(editContractPage))

  router.post(`${one}/edit`, may('register:write'), paper, async (req, res) => {
    const context = contextOf(req)
    await answer(readContract(req.body, context.today), again(req, res, editContractPage), async (input) => {
      await correctContract(context, whichContract(req), input, file(req))
      redirectWith(req, res, urlOf(req), 'contracts:flash.corrected')
    })
  })

  router.get(`${one}/mistake`, may('register:write'), show(mistakePage))

  router.post(`${one}/mistake`, may('register:write'), async (req, res) => {
    await answer(readMistake(req.body), again(req, res, mistakePage), async ({ because }) => {
      await disownContract(contextOf(req), whichContract(req), because)
      redirectWith(req, res, urlOf(req), 'contracts:flash.disowned')
    })
  })

  router.get(`${one}/redacted`, may('register:write'), show(redactedPage))

  router.post(`${one}/redacted`, may('register:write'), paper, async (req, res) => {
    const context = contextOf(req)
    const handed = file(req)
    await answer(
      readRedacted(req.body, context.today, handed !== undefined),
      again(req, res, redactedPage),
      async (input) => {
        if (handed) await addRedactedCopy(context, whichContract(req), input, handed)
        redirectWith(req, res, urlOf(req), 'contracts:flash.redacted')
      },
    )
  })

  router.get(`${one}/redacted/:file/withdraw`, may('register:write'), show(withdrawPage))

  router.post(`${one}/redacted/:file/withdraw`, may('register:write'), async (req, res) => {
    await answer(readMistake(req.body), again(req, res, withdrawPage), async ({ because }) => {
      await withdrawRedactedCopy(contextOf(req), whichContract(req), parameter(req, 'file'), because)
      redirectWith(req, res, `${urlOf(req)}#redacted`, 'contracts:flash.withdrawn')
    })
  })

  router.get(`${one}/check`, may('register:write'), show(checkPage))

  router.post(`${one}/check`, may('register:write'), async (req, res) => {
    const context = contextOf(req)
    const { engagement } = await contractAsked(req)
    const owed = await owedToCustomers(engagement)
    await answer(readCheck(req.body, context.today, owed), again(req, res, checkPage), async (input) => {
      await checkContract(context, whichContract(req), input)
      redirectWith(req, res, urlOf(req), 'contracts:flash.checked')
    })
  })
}

/** Who asked for a copy, and what was sent (7.5). */
export function contractCopyRoutes(router: Router): void {
  router.get(
    `${one}/copies/new`,
    may('register:write'),
    show((req) => copyPage(req)),
  )

  router.post(`${one}/copies`, may('register:write'), async (req, res) => {
    const context = contextOf(req)
    const { engagement, version } = await contractAsked(req)
    const picks = await pickIn(req.body, [customerBox(req)])
    await answer(
      await withCustomer(withPicks(readCopy(picks.body, context.today), picks)),
      again(req, res, (asked) => copyPage(asked, picks)),
      async ({ customer, ...input }) => {
        await registerCopy(context, engagement, version.id, customer, input)
        redirectWith(req, res, urlOf(req), 'contracts:flash.copy-registered')
      },
    )
  })

  router.get(`${one}/copies/:copy/sent`, may('register:write'), show(sendingPage))

  router.post(`${one}/copies/:copy/sent`, may('register:write'), async (req, res) => {
    const context = contextOf(req)
    const { engagement, copy } = await copyAsked(req)
    await answer(
      readSending(req.body, context.today, copy.askedOn),
      again(req, res, sendingPage),
      async (input) => {
        await registerSending(context, engagement, copy, input)
        redirectWith(req, res, urlOf(req), 'contracts:flash.copy-sent')
      },
    )
  })
}

type Page = (req: Request) => Promise<FormPage>

function show(page: Page) {
  return async (req: Request, res: Response) => {
    await engagementAsked(req)
    await showForm(req, res, await page(req))
  }
}

/** A browser sends no file a second time: the form says that it has to be chosen again. */
function again(req: Request, res: Response, page: Page) {
  return async (wrong: Wrong) =>
    showForm(req, res, await page(req), { ...wrong, fileLost: file(req) !== undefined })
}

function file(req: Request) {
  return uploaded(req, 'file')[0]
}

function whichContract(req: Request) {
  return { ...which(req), contract: parameter(req, 'contract') }
}

function urlOf(req: Request, contract = parameter(req, 'contract')): string {
  return `/engagements/${parameter(req, 'reference')}/contracts/${contract}`
}

async function withCustomer(read: Read<CopyForm>) {
  if (read.problems) return read
  return { input: { ...read.input, customer: await customerByReference(read.input.customer) } }
}

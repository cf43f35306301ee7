import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { lawNow } from '../../transfers/actions.js'
import { answer } from '../../web/answer.js'
import { contextOf, redirectWith } from '../../web/page.js'
import { upload, uploaded } from '../../web/upload.js'
import { changeAgreement, customerByReference } from '../actions.js'
import { readAgreement } from '../form.js'
import { agreementChoicesIn, agreementFields, agreementInWords } from '../page.js'
import { parameter, showForm, which } from './ports.js'

const path = '/customers/:reference/agreement'

export function agreementRoutes(router: Router): void {
  router.get(path, may('customers:write'), async (req, res) => {
    await showForm(req, res, await agreementPage(req))
  })

  router.post(path, may('customers:write'), upload([{ name: 'file', maxCount: 1 }]), async (req, res) => {
    const context = contextOf(req)
    await answer(
      readAgreement(req.body, context.today),
      async (wrong) => showForm(req, res, await agreementPage(req), wrong),
      async (input) => {
        const { reference } = await changeAgreement(context, which(req), input, uploaded(req, 'file')[0])
        redirectWith(req, res, `/customers/${reference}`, 'customers:agreement.saved')
      },
    )
  })
}

async function agreementPage(req: Request) {
  const { today, locale } = contextOf(req)
  const customer = await customerByReference(parameter(req, 'reference'))
  const at = { law: await lawNow(), day: today }
  return {
    view: 'customers/agreement',
    customer,
    values: {
      choices: agreementChoicesIn(at, locale, customer.agreement.transferInstruction.countries),
      words: agreementInWords(customer.agreement, locale),
      current: customer.agreements.at(-1)?.from,
      agreement: agreementFields(customer.agreement, today),
    },
  }
}

import type { Request } from 'express'
import { historyOf } from '../../audit-log/actions.js'
import { NotFound } from '../../base/errors.js'
import { periodUnits } from '../../base/period.js'
import { customersByIds, customersToPick } from '../../customers/actions.js'
import { pickersFor, type PickField, type Picks } from '../../lists/picker.js'
import { filesAbout } from '../../files/actions.js'
import { textIn } from '../../i18n/texts.js'
import { contextOf } from '../../web/page.js'
import { owedToCustomers } from '../actions.js'
import { checkFields, checkRows, contractInWords, copyRows, paperChoices } from '../page.js'
import { contractCopies, contractCopyById } from '../records.js'
import {
  contractsOf,
  contractTemplates,
  type ContractCopy,
  type ContractVersion,
  type Engagement,
} from '../rules.js'
import { engagementAsked, vendorOf } from './engagement-pages.js'
import { parameter, type FormPage } from './ports.js'

export type AskedContract = { engagement: Engagement; version: ContractVersion }

export async function contractAsked(req: Request): Promise<AskedContract> {
  const engagement = await engagementAsked(req)
  const version = contractsOf(engagement).find(({ id }) => id === parameter(req, 'contract'))
  if (!version) throw new NotFound()
  return { engagement, version }
}

export async function copyAsked(req: Request): Promise<AskedContract & { copy: ContractCopy }> {
  const asked = await contractAsked(req)
  const copy = await contractCopyById(parameter(req, 'copy'))
  if (!copy || copy.engagement !== asked.engagement._id || copy.contract !== asked.version.id)
    throw new NotFound()
  return { ...asked, copy }
}

/** Names of the papers handed in with an engagement, by file. */
export async function paperNames({ _id }: Engagement): Promise<Map<string, string>> {
  return new Map((await filesAbout('engagement', _id)).map((file) => [file._id, file.name]))
}

export async function contractPage(req: Request) {
  const { today, locale } = contextOf(req)
  const { engagement, version } = await contractAsked(req)
  const [vendor, names, owed, copies, history] = await Promise.all([
    vendorOf(engagement),
    paperNames(engagement),
    owedToCustomers(engagement),
    contractCopies(engagement._id, version.id),
    historyOf('engagement', engagement._id),
  ])
  const customers = await customersByIds([...new Set(copies.map(({ customer }) => customer))])
  const words = contractInWords(engagement, version, names, today, locale)
  return {
    engagement,
    vendor,
    words,
    checks: checkRows(version, owed, locale),
    copies: copyRows(copies, new Map(customers.map((each) => [each._id, each])), names, words.url, locale),
    history: history.filter(({ facts }) => facts['contract'] === version.id),
  }
}

export async function newContractPage(req: Request): Promise<FormPage> {
  const engagement = await engagementAsked(req)
  return formPage(req, engagement, null, 'register/contract-form')
}

export async function editContractPage(req: Request): Promise<FormPage> {
  const { engagement, version } = await contractAsked(req)
  return formPage(req, engagement, version, 'register/contract-form')
}

export async function redactedPage(req: Request): Promise<FormPage> {
  const { engagement, version } = await contractAsked(req)
  return formPage(req, engagement, version, 'register/contract-redacted')
}

/** With who has been sent the copy: they have to be asked to delete it. */
export async function withdrawPage(req: Request): Promise<FormPage> {
  const { engagement, version } = await contractAsked(req)
  const page = await formPage(req, engagement, version, 'register/contract-withdraw')
  const file = parameter(req, 'file')
  if (!version.redacted.some((copy) => copy.file === file && !copy.withdrawn)) throw new NotFound()
  const names = page.values['names'] as Map<string, string>
  const sent = (await contractCopies(engagement._id, version.id)).filter((copy) => copy.file === file)
  const customers = await customersByIds([...new Set(sent.map(({ customer }) => customer))])
  const known = new Map(customers.map((each) => [each._id, each]))
  const copies = copyRows(sent, known, names, '', req.locale)
  return { ...page, values: { ...page.values, file, name: names.get(file) ?? '', copies } }
}

export async function mistakePage(req: Request): Promise<FormPage> {
  const { engagement, version } = await contractAsked(req)
  return formPage(req, engagement, version, 'register/contract-mistake')
}

export async function checkPage(req: Request): Promise<FormPage> {
  const { engagement, version } = await contractAsked(req)
  const page = await formPage(req, engagement, version, 'register/contract-check')
  const t = textIn(req.locale)
  const fields = checkFields(engagement, version, await owedToCustomers(engagement), req.locale)
  const units = periodUnits.map((value) => ({ value, text: t(`register:unit.${value}`) }))
  return { ...page, values: { ...page.values, fields, units } }
}

export function customerBox(req: Request): PickField {
  return { field: 'customer', source: customersToPick(contextOf(req), 'reference') }
}

export async function copyPage(req: Request, picks?: Picks): Promise<FormPage> {
  const { engagement, version } = await contractAsked(req)
  const page = await formPage(req, engagement, version, 'register/contract-copy')
  const values = { ...page.values, pickers: await pickersFor([customerBox(req)], picks) }
  return withPapers(req, { ...page, values }, version)
}

export async function sendingPage(req: Request): Promise<FormPage> {
  const { engagement, version, copy } = await copyAsked(req)
  const page = await formPage(req, engagement, version, 'register/contract-sending')
  const [customer] = await customersByIds([copy.customer])
  const values = { ...page.values, copy, customer: customer?.name ?? '' }
  return withPapers(req, { ...page, values }, version)
}

async function withPapers(req: Request, page: FormPage, version: ContractVersion): Promise<FormPage> {
  const names = page.values['names'] as Map<string, string>
  return { ...page, values: { ...page.values, papers: paperChoices(version, names, req.locale) } }
}

/** Whoever fills in the form is most often the one who did it. */
async function formPage(
  req: Request,
  engagement: Engagement,
  version: ContractVersion | null,
  view: string,
): Promise<FormPage> {
  const { today, locale } = contextOf(req)
  const t = textIn(locale)
  const [vendor, names] = await Promise.all([vendorOf(engagement), paperNames(engagement)])
  return {
    view,
    record: engagement,
    values: {
      engagement,
      vendor,
      contract: version,
      words: version && contractInWords(engagement, version, names, today, locale),
      names,
      templates: contractTemplates.map((value) => ({ value, text: t(`register:template.${value}`) })),
      today,
      me: req.person?.name ?? '',
    },
  }
}

import { pageAfter, type Page } from '../../db/paging.js'
import type { ContractCopy } from '../rules.js'
import { ContractCopyModel } from './contract-copies.js'

/** Copies of contracts that anybody asked for (7.5), of one customer or of all, the last to ask first. */
export function contractCopiesHandedOut(
  customer: string | null,
  cursor: string | undefined,
  size: number,
): Promise<Page<ContractCopy>> {
  const filter = customer === null ? {} : { customer }
  return pageAfter(ContractCopyModel, filter, { field: 'askedOn', direction: -1 }, cursor, size)
}

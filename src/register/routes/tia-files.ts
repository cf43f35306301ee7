import type { Request } from 'express'
import { Refused } from '../../base/errors.js'
import { fileById, storeFile, type StoredFile } from '../../files/actions.js'
import { contextOf } from '../../web/page.js'
import { uploaded } from '../../web/upload.js'
import { listed } from '../form/rows.js'
import type { Vendor } from '../rules.js'

/** An assessment can be handed in with each of the first rows; nobody has more countries in one engagement. */
const mostRows = 20

const nameOf = (row: number) => `transfers[${row}][tiaUpload]`

/** For `upload`: the file inputs of the form's transfers. */
export const tiaUploads = Array.from({ length: mostRows }, (_, row) => ({ name: nameOf(row), maxCount: 1 }))

/**
 * Keeps the assessments that came with the form at once, and puts their ids where the form carries them: so that they are there
 * when it is shown again with problems. They are about the vendor, whose law was assessed. Returns why one was refused.
 */
export async function keepTiaFiles(req: Request, vendor: Vendor): Promise<Refused | undefined> {
  const context = contextOf(req)
  for (const [row, typed] of transferRowsOf(req).entries()) {
    const file = row < mostRows ? uploaded(req, nameOf(row))[0] : undefined
    try {
      if (file) {
        const about = { kind: 'vendor', id: vendor._id }
        typed['tiaFile'] = (await storeFile(context, { ...file, about, sample: vendor.sample }))._id
      } else if (!(await isAbout(typed['tiaFile'], vendor))) delete typed['tiaFile']
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return error
    }
  }
  return undefined
}

/** The files the form speaks of, as stored or as typed: id -> file. */
export async function tiaFilesOf(
  req: Request,
  stored: readonly Record<string, unknown>[],
): Promise<Record<string, StoredFile>> {
  const ids = [...stored, ...transferRowsOf(req)].flatMap(({ tiaFile }) =>
    typeof tiaFile === 'string' && tiaFile !== '' ? [tiaFile] : [],
  )
  const files = await Promise.all([...new Set(ids)].map((id) => fileById(id)))
  return Object.fromEntries(files.flatMap((file) => (file ? [[file._id, file]] : [])))
}

/** An id in the form may be anybody's writing: only a file kept for this vendor is its assessment. */
async function isAbout(id: unknown, vendor: Vendor): Promise<boolean> {
  if (typeof id !== 'string' || id === '') return false
  const file = await fileById(id)
  return file?.about.kind === 'vendor' && file.about.id === vendor._id
}

function transferRowsOf(req: Request): Record<string, unknown>[] {
  const rows = listed((req.body as Record<string, unknown> | undefined)?.['transfers'])
  return rows.map((row) => (typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {}))
}

import type { Request, RequestHandler } from 'express'
import multer from 'multer'
import { checkPendingToken } from './csrf.js'

/** The same limit as `storeFile`; one file beyond it ends the request with 413. */
export const largestUpload = 25 * 1024 * 1024

// An engagement with twenty transfers has some seven hundred fields. A file input left empty counts as a file, too.
const mostFields = 2000

const formFor = (files: number) =>
  multer({
    storage: multer.memoryStorage(),
    limits: {
      fileSize: largestUpload,
      files,
      fields: mostFields,
      fieldSize: 200_000,
      parts: mostFields + files,
    },
    defParamCharset: 'utf8',
  })

/**
 * For routes whose form has files (`enctype="multipart/form-data"`), after the guard:
 * `router.post(path, may('x:y'), upload([{ name: 'file', maxCount: 3 }]), take)`.
 */
export function upload(fields: { name: string; maxCount?: number }[]): RequestHandler {
  const parse = formFor(Math.max(10, fields.length)).fields(fields)
  const take: RequestHandler = (req, res, next) => {
    void parse(req, res, (error: unknown) => (error ? next(error) : checkPendingToken(req, res, next)))
  }
  return Object.assign(take, { uploads: true })
}

/** The files that came under a field's name; a field left empty gives none. */
export function uploaded(req: Request, field: string): { name: string; bytes: Buffer }[] {
  const files = req.files && !Array.isArray(req.files) ? (req.files[field] ?? []) : []
  return files
    .filter((file) => file.size > 0)
    .map((file) => ({ name: file.originalname, bytes: file.buffer }))
}

import type { Request, RequestHandler } from 'express'
import multer, { type StorageEngine } from 'multer'
import { checkPendingToken } from './csrf.js'

/** The same limit as `storeFile`; a file beyond it is not taken: see `FileTooLarge`. */
export const largestUpload = 25 * 1024 * 1024

// An engagement with twenty transfers has some seven hundred fields. A file input left empty counts as a file, too.
const mostFields = 2000

/** The limit as people read it. */
export const mostText = `${largestUpload / 1024 / 1024} MB`

/** A file was larger than we take. What was typed beside it came whole, so that its writer can be given it back. */
export class FileTooLarge extends Error {
  constructor(readonly typed: readonly string[]) {
    super('file too large')
  }
}

/** As multer's own memory, but a file beyond the limit is read to its end and dropped, and the rest of the form is still read. */
const memory: StorageEngine = {
  _handleFile: (_req, file, taken) => {
    let chunks: Buffer[] = []
    let size = 0
    file.stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > largestUpload) chunks = []
      else chunks.push(chunk)
    })
    file.stream.on('error', taken)
    file.stream.on('end', () => taken(null, { buffer: Buffer.concat(chunks), size }))
  },
  _removeFile: (_req, file, removed) => {
    file.buffer = Buffer.alloc(0)
    removed(null)
  },
}

const formFor = (files: number) =>
  multer({
    storage: memory,
    limits: {
      // Beyond this nobody reads on to save what was typed.
      fileSize: 10 * largestUpload,
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
    void parse(req, res, (error: unknown) => {
      if (error) return next(error)
      const files = Object.values((req.files ?? {}) as Record<string, Express.Multer.File[]>).flat()
      if (files.some(({ size }) => size > largestUpload)) return next(new FileTooLarge(wordsIn(req.body)))
      checkPendingToken(req, res, next)
    })
  }
  return Object.assign(take, { uploads: true })
}

/** What somebody wrote, as against what a form carries along: a short choice is quicker made again. */
function wordsIn(body: unknown): string[] {
  if (typeof body === 'string') return /\S\s+\S/.test(body.trim()) ? [body] : []
  return body && typeof body === 'object' ? Object.values(body).flatMap(wordsIn) : []
}

/** The files that came under a field's name; a field left empty gives none. */
export function uploaded(req: Request, field: string): { name: string; bytes: Buffer }[] {
  const files = req.files && !Array.isArray(req.files) ? (req.files[field] ?? []) : []
  return files
    .filter((file) => file.size > 0)
    .map((file) => ({ name: file.originalname, bytes: file.buffer }))
}

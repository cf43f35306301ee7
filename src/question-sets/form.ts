import { z } from 'zod'
import { choice, readForm, type Read } from '../base/form.js'

export type ImportForm = { language: 'da' | 'en' }

/** `files`: how many came with it. */
export function readImport(body: unknown, files: number): Read<ImportForm> {
  if (files === 0) return { problems: [{ field: 'file', text: 'choose-file' }] }
  return readForm(z.object({ language: choice(['da', 'en']) }), body)
}

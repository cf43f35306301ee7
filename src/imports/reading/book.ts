import { TextDecoder } from 'node:util'
import { asRead } from './limits.js'
import { xmlReader, type XmlEvents } from './xml.js'

/** A sheet of the workbook and the part of the archive its cells stand in. */
export type SheetPart = { name: string; path: string; hidden: boolean }

/** How a number is shown: as a day, with leading zeros up to a length, or as it is. */
export type Shown = 'day' | { zeros: number } | null

function readPart(part: Buffer | undefined, events: Partial<XmlEvents>): void {
  if (!part) return
  const none = () => undefined
  const reader = xmlReader({ open: none, close: none, text: none, ...events })
  reader.push(decoder(part).decode(part))
  reader.end()
}

/** Parts are UTF-8; the standard allows UTF-16, whose mark tells. */
export function decoder(start: Uint8Array): TextDecoder {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le')
  return new TextDecoder(start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8')
}

export function sheetParts(
  book: Buffer,
  rels: Buffer | undefined,
): { sheets: SheetPart[]; from1904: boolean } {
  const paths = new Map<string, string>()
  readPart(rels, {
    open(name, attribute) {
      if (name !== 'Relationship' || !attribute('Type')?.endsWith('/worksheet')) return
      const target = attribute('Target') ?? ''
      paths.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    },
  })
  const sheets: SheetPart[] = []
  let from1904 = false
  readPart(book, {
    open(name, attribute) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '')
      if (name !== 'sheet') return
      const path = paths.get(attribute('id') ?? '')
      if (path === undefined) return
      const hidden = /hidden/i.test(attribute('state') ?? '')
      sheets.push({ name: asRead(attribute('name') ?? ''), path, hidden })
    },
  })
  return { sheets, from1904 }
}

/** The texts cells point at; what tells how a word is pronounced is no part of it. */
export function sharedTexts(part: Buffer | undefined): string[] {
  const texts: string[] = []
  let text = ''
  let inText = false
  let phonetic = false
  readPart(part, {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      if (name === 't') inText = !phonetic
    },
    text(piece) {
      if (inText) text += piece
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic = false
      if (name === 'si') texts.push(workbookText(text))
    },
  })
  return texts
}

/** Signs XML cannot hold are written '_x000D_'. */
export function workbookText(text: string): string {
  if (!text.includes('_x')) return asRead(text)
  return asRead(
    text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  )
}

/** Formats that come with every workbook and show a day; 45 to 47 show the time of day alone. */
const dayFormats = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

/** `struck`: its text is struck through. `colour`: behind it, by its number in the workbook; 0 is none. */
export type Style = { shown: Shown; struck: boolean; colour: number }

/** By style of a cell: how it shows a number, and what a person may have meant by it. */
export function cellStyles(part: Buffer | undefined): Style[] {
  const own = new Map<number, Shown>()
  const styles: Style[] = []
  const struck: boolean[] = []
  const solid: boolean[] = []
  let within = ''
  readPart(part, {
    open(name, attribute) {
      if (name === 'numFmt') own.set(Number(attribute('numFmtId')), shownBy(attribute('formatCode') ?? ''))
      if (['cellXfs', 'fonts', 'fills'].includes(name)) within = name
      if (name === 'font' && within === 'fonts') struck.push(false)
      if (name === 'strike' && within === 'fonts' && !/^(?:0|false)$/.test(attribute('val') ?? ''))
        struck[struck.length - 1] = true
      if (name === 'fill' && within === 'fills') solid.push(false)
      if (name === 'patternFill' && within === 'fills' && attribute('patternType') === 'solid')
        solid[solid.length - 1] = true
      if (name !== 'xf' || within !== 'cellXfs') return
      const id = Number(attribute('numFmtId') ?? 0)
      const fill = Number(attribute('fillId') ?? 0)
      styles.push({
        shown: own.get(id) ?? (dayFormats.has(id) ? 'day' : null),
        struck: struck[Number(attribute('fontId') ?? 0)] ?? false,
        colour: solid[fill] ? fill : 0,
      })
    },
    close(name) {
      if (name === within) within = ''
    },
  })
  return styles
}

function shownBy(code: string): Shown {
  if (/^0{2,20}$/.test(code)) return { zeros: code.length }
  // Quoted words, colours and single escaped signs are no part of the pattern.
  const pattern = code.replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, '').split(';')[0] ?? ''
  return /[yd]|å/i.test(pattern) && !/general|standard/i.test(pattern) ? 'day' : null
}

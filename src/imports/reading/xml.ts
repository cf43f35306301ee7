import { SaxesParser } from 'saxes'

/** What a reader of a part is told, in the order of the text. Names come without their prefix. */
export type XmlEvents = {
  open: (name: string, attribute: (name: string) => string | undefined) => void
  close: (name: string) => void
  text: (text: string) => void
}

/** Neither a tag nor the text of a cell is longer (Excel's own limit is 32,767 signs): what goes on without an end is no sheet. */
const longest = 200_000

/**
 * Reads XML as it comes, piece by piece. A workbook's parts have no document type, so one that comes with it is refused: nothing can
 * unfold. Throws for what is no XML, and where something goes on without an end.
 */
export function xmlReader({ open, close, text }: XmlEvents): { push(piece: string): void; end(): void } {
  let since = 0
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('a declaration in a sheet')
  })
  parser.on('opentag', ({ name, attributes }) => {
    since = 0
    open(local(name), (wanted) => {
      const key =
        wanted in attributes ? wanted : Object.keys(attributes).find((each) => local(each) === wanted)
      return key === undefined ? undefined : attributes[key]
    })
  })
  parser.on('closetag', ({ name }) => {
    since = 0
    close(local(name))
  })
  parser.on('text', text)
  parser.on('cdata', text)
  return {
    push(piece) {
      since += piece.length
      parser.write(piece)
      if (since > longest + piece.length) throw new Error('no end in sight')
    },
    end() {
      parser.close()
    },
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

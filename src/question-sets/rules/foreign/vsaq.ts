import type { DraftContent, DraftOption, DraftQuestion, LeftOver } from '../draft.js'
import { idGiver, linksIn, plain, unnamed } from './texts.js'
import {
  choicesOf,
  conditionOf,
  isItem,
  itemsOf,
  noneOf,
  option,
  textOf,
  yesNo,
  type Item,
} from './vsaq-items.js'
import { foundAs, type Name, type Tip } from './vsaq-links.js'

/** While it is read: what is carried over, what is not, and what the names in conditions will mean. */
type Reading = {
  language: 'da' | 'en'
  sections: DraftContent['sections']
  questions: DraftQuestion[]
  /** The conditions each question stands under, as written: its own and those of the blocks around it. */
  conditions: Map<string, string[]>
  names: Map<string, Name>
  tips: Tip[]
  report: LeftOver[]
  giveId: (wanted: string) => string
  /** What was said to introduce the next question. */
  introduction: string
  items: number
}

const mostItems = 3000
const deepest = 20

/** Null where it is not in the shape of a VSAQ questionnaire. */
export function readVsaq(json: unknown, language: 'da' | 'en'): DraftContent | null {
  const top =
    isItem(json) && Array.isArray(json['questionnaire']) ? (json['questionnaire'] as unknown[]) : null
  if (!top || !top.some((item) => isItem(item) && typeof item['type'] === 'string')) return null
  const [only] = top
  const title =
    top.length === 1 && isItem(only) && only['type'] === 'block' ? plain(textOf(only, 'text')) : ''
  const reading: Reading = {
    language,
    sections: [],
    questions: [],
    conditions: new Map(),
    names: new Map(),
    tips: [],
    report: [],
    giveId: idGiver(),
    introduction: '',
    items: 0,
  }
  const inner = title !== '' && isItem(only) ? itemsOf(only) : top
  readItems(inner, { path: [], conditions: isItem(only) && title !== '' ? conditionOf(only) : [] }, reading)
  if (reading.items > mostItems) reading.report.push({ at: '', what: 'too-many', facts: { most: mostItems } })
  const { questions, sections, report } = foundAs(reading)
  report.push({ at: '', what: 'scores', facts: { count: questions.length } })
  return { title: title || 'VSAQ', shape: 'vsaq', sections, questions, report }
}

type Place = { path: string[]; conditions: string[] }

function readItems(items: unknown[], place: Place, reading: Reading): void {
  let radios: Item[] = []
  const endRadios = () => {
    if (radios.length > 0) readRadios(radios, place, reading)
    radios = []
  }
  for (const item of items) {
    if (++reading.items > mostItems) break
    if (!isItem(item)) {
      reading.report.push({ at: place.path.join(' – '), what: 'item', facts: { type: typeof item } })
      continue
    }
    const group = textOf(item, 'name') || textOf(item, 'group')
    const goesOn =
      item['type'] === 'radio' &&
      radios[0] &&
      (textOf(radios[0], 'name') || textOf(radios[0], 'group')) === group
    if (!goesOn) endRadios()
    if (item['type'] === 'radio') radios.push(item)
    else readItem(item, place, reading)
  }
  endRadios()
  if (reading.introduction !== '')
    leave(reading, place, 'introduction', { text: reading.introduction.slice(0, 120) })
  reading.introduction = ''
}

function readItem(item: Item, place: Place, reading: Reading): void {
  const type = textOf(item, 'type')
  const told = plain(textOf(item, 'text'))
  for (const url of linksIn(textOf(item, 'text'))) leave(reading, place, 'link', { url })
  if (type === 'block') {
    if (place.path.length >= deepest) return leave(reading, place, 'too-deep', {})
    const path = told === '' ? place.path : [...place.path, told]
    return readItems(
      itemsOf(item),
      { path, conditions: [...place.conditions, ...conditionOf(item)] },
      reading,
    )
  }
  if (type === 'spacer') return undefined
  if (type === 'info') {
    reading.introduction = [reading.introduction, told].filter(Boolean).join(' ')
    return undefined
  }
  if (type === 'tip') {
    const { warn } = item
    reading.tips.push({
      text: told,
      name: plain(textOf(item, 'name')),
      at: place.path.join(' – '),
      warns: warn === 'yes' || warn === true,
      severity: textOf(item, 'severity'),
      cond: textOf(item, 'cond'),
    })
    return undefined
  }
  const known = readers[type]
  if (!known) return leave(reading, place, 'item', { type: type || '?' })
  if (typeof item['auth'] === 'string' && item['auth'] !== 'readwrite')
    return leave(reading, place, 'auth', { text: told.slice(0, 120) })
  known(item, place, reading)
  if (typeof item['inputType'] === 'string' && !['text', 'string'].includes(item['inputType']))
    leave(reading, place, 'input-type', { type: item['inputType'] })
  return undefined
}

const readers: Record<string, (item: Item, place: Place, reading: Reading) => void> = {
  radiogroup: (item, place, reading) =>
    add(item, 'single', choicesOf(item, reading.language), place, reading),
  checkgroup: (item, place, reading) => add(item, 'multi', choicesOf(item, reading.language), place, reading),
  // One box: that it is not ticked is an answer, too.
  check: (item, place, reading) => add(item, 'single', yesNo(reading.language), place, reading),
  yesno(item, place, reading) {
    const own = (key: 'yes' | 'no', option: DraftOption) => ({
      ...option,
      text: plain(textOf(item, key)) || option.text,
    })
    const [yes, no] = yesNo(reading.language)
    add(item, 'single', yes && no ? [own('yes', yes), own('no', no)] : [], place, reading)
  },
  line: (item, place, reading) => add(item, 'text', [], place, reading),
  box: (item, place, reading) => add(item, 'text', [], place, reading),
  upload(item, place, reading) {
    add(item, 'text', [], place, reading, true)
    leave(reading, place, 'upload', { text: plain(textOf(item, 'text')).slice(0, 120) })
  },
}

/** Items that stand after each other under one name: one question. */
function readRadios(items: Item[], place: Place, reading: Reading): void {
  const options = items.map((item, at) =>
    option(textOf(item, 'id') || `choice-${at + 1}`, plain(textOf(item, 'text'))),
  )
  add({ id: textOf(items[0] ?? {}, 'name') }, 'single', options, place, reading)
}

function add(
  item: Item,
  type: DraftQuestion['type'],
  options: DraftOption[],
  place: Place,
  reading: Reading,
  evidence = false,
): void {
  const introduction = reading.introduction
  reading.introduction = ''
  const own = plain(textOf(item, 'text'))
  const text = own || introduction || place.path.at(-1) || unnamed[reading.language]
  if (own === '' && introduction === '') leave(reading, place, 'no-text', { text })
  if (type !== 'text' && options.length < 2) {
    // A list of one choice is a box to tick; ours need two.
    if (options.length === 0) return leave(reading, place, 'no-choices', { text: text.slice(0, 120) })
    options.push({ ...option('none', noneOf[reading.language]), exclusive: true })
  }
  const id = reading.giveId(textOf(item, 'id') || `Q${reading.questions.length + 1}`)
  const several = type === 'multi'
  const name = textOf(item, 'id')
  for (const each of options) {
    const meaning = { question: id, option: each.id, several }
    // The names of choices stand for themselves; 'yes' and 'no' only with the name of their question.
    if (!['yes', 'no', 'none'].includes(each.id)) reading.names.set(each.id, meaning)
    if (name !== '') reading.names.set(`${name}/${each.id}`, meaning)
  }
  if (item['type'] === 'check' && name !== '')
    reading.names.set(name, { question: id, option: 'yes', several: false })
  reading.conditions.set(id, [...place.conditions, ...conditionOf(item)])
  reading.questions.push({
    id,
    section: sectionOf(place, reading),
    text,
    help: own ? introduction : '',
    type,
    options,
    weight: 0,
    required: item['required'] === true,
    evidence,
    refs: name ? [`VSAQ ${name.slice(0, 60)}`] : [],
    showIf: null,
    finding: null,
  })
}

function sectionOf({ path }: Place, { sections, language }: Reading): string {
  const title = path.join(' – ') || unnamed[language]
  const known = sections.find((section) => section.title === title)
  if (known) return known.id
  const id = `S${String(sections.length + 1).padStart(2, '0')}`
  sections.push({ id, title })
  return id
}

function leave(reading: Reading, { path }: Place, what: string, facts: LeftOver['facts']): void {
  reading.report.push({ at: path.join(' – '), what, facts })
}

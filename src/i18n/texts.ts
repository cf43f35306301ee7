import { readdirSync, readFileSync } from 'node:fs'
import i18next from 'i18next'
import { locales, type Locale } from '../base/context.js'

/** A text a person reads. `key` is `room:path.to.text`; `count` chooses between `…_one` and `…_other`. */
export type Text = (key: string, facts?: Record<string, unknown>) => string

const folder = new URL('./locales/', import.meta.url)

/** Every text there is: locale -> room -> the room's tree of texts. Read once, when the process starts. */
export const allTexts = Object.fromEntries(
  locales.map((locale) => [
    locale,
    Object.fromEntries(
      readdirSync(new URL(`${locale}/`, folder))
        .filter((name) => name.endsWith('.json'))
        .map((name) => [
          name.replace('.json', ''),
          JSON.parse(readFileSync(new URL(`${locale}/${name}`, folder), 'utf8')) as Record<string, unknown>,
        ]),
    ),
  ]),
) as Record<Locale, Record<string, Record<string, unknown>>>

const texts = i18next.createInstance()
void texts.init({
  initAsync: false,
  resources: allTexts,
  supportedLngs: [...locales],
  fallbackLng: false,
  defaultNS: 'common',
  ns: Object.keys(allTexts.da),
  // Templates and the mail renderer escape what they print; escaping here would do it twice.
  interpolation: { escapeValue: false },
  returnNull: false,
})

const fixed: Record<Locale, Text> = { da: fixedIn('da'), en: fixedIn('en') }

/** A page asks for some hundred texts, most of them as they stand: these are looked up once. */
function fixedIn(locale: Locale): Text {
  // Not by `getFixedT`: that copies all settings at each text, which takes longer than the text. No text holds another.
  const translate: Text = (key, facts) => texts.t(key, { ...facts, lng: locale, nest: false })
  const plain = new Map<string, string>()
  const worded = new Map<string, string>()
  return (key, facts) => {
    if (facts !== undefined) return wordedOnce(worded, key, facts, translate)
    const known = plain.get(key)
    if (known !== undefined) return known
    const text = translate(key)
    // Keys that are no texts are made of what somebody typed, and without end.
    if (text !== key && !key.endsWith(`:${text}`)) plain.set(key, text)
    return text
  }
}

const mostWorded = 4000
const longestFact = 40

/** The same country, day or number of rows again and again: such sentences are made once, until there are too many of them. */
function wordedOnce(
  worded: Map<string, string>,
  key: string,
  facts: Record<string, unknown>,
  translate: Text,
): string {
  let name = key
  for (const [field, fact] of Object.entries(facts)) {
    // One with a line break could be read as two.
    const short = typeof fact === 'string' && fact.length <= longestFact && !fact.includes('\n')
    if (!short && typeof fact !== 'number') return translate(key, facts)
    name += `\n${field}\t${typeof fact}\t${fact}`
  }
  const known = worded.get(name)
  if (known !== undefined) return known
  if (worded.size >= mostWorded) worded.clear()
  const text = translate(key, facts)
  worded.set(name, text)
  return text
}

export function textIn(locale: Locale): Text {
  return fixed[locale]
}

/** Whether a text exists under this key in this language. */
export function hasText(locale: Locale, key: string): boolean {
  return texts.exists(key, { lng: locale })
}

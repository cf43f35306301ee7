/** The texts of mails as an officer edits them. */
import type { Bilingual, Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import {
  differenceOf,
  longestLine,
  longestOf,
  neededIn,
  placeholdersIn,
  shippedText,
  type EditableText,
  type Wording,
} from '../rules/wording.js'

export const textsUrl = '/mail-texts'

const languages = ['da', 'en'] as const

/** 'notices:mail.lead.notice' is 'lead.notice' in addresses, 'answers:receipt.lead' 'receipt.lead'. */
export function slugOf(key: string): string {
  return key.replace(/^[^:]+:(?:mail\.)?/, '')
}

export function groupsOf(texts: readonly EditableText[]): string[] {
  return [...new Set(texts.map(({ group }) => group))]
}

function groupName(group: string, locale: Locale): string {
  return textIn(locale)(`mail-texts:group.${group}`)
}

function partName({ part }: EditableText, locale: Locale): string {
  return textIn(locale)(`mail-texts:part.${part}`)
}

/** The words that hold, and whether they are the house's own. */
function wordsOf(key: string, wording: Wording | null): { words: Bilingual; own: boolean } {
  const own = wording?.texts.find((text) => text.key === key)
  return own ? { words: { da: own.da, en: own.en }, own: true } : { words: shippedText(key), own: false }
}

/** Mail by mail: how many of its texts are the house's own. */
export function groupRows(texts: readonly EditableText[], wording: Wording | null, locale: Locale) {
  return groupsOf(texts).map((group) => {
    const of = texts.filter((text) => text.group === group)
    return {
      url: `${textsUrl}/${group}`,
      name: groupName(group, locale),
      count: of.length,
      own: of.filter(({ key }) => wordsOf(key, wording).own).length,
    }
  })
}

export function groupPage(
  texts: readonly EditableText[],
  group: string,
  wording: Wording | null,
  locale: Locale,
) {
  return {
    url: `${textsUrl}/${group}`,
    title: groupName(group, locale),
    rows: texts
      .filter((text) => text.group === group)
      .map((text) => {
        const { words, own } = wordsOf(text.key, wording)
        return {
          url: `${textsUrl}/${group}/${slugOf(text.key)}`,
          part: partName(text, locale),
          text: words[locale],
          own,
        }
      }),
  }
}

export function textPage(text: EditableText, wording: Wording | null, locale: Locale) {
  const t = textIn(locale)
  const { words, own } = wordsOf(text.key, wording)
  const shipped = shippedText(text.key)
  const needed = neededIn(text.key)
  return {
    url: `${textsUrl}/${text.group}/${slugOf(text.key)}`,
    back: { url: `${textsUrl}/${text.group}`, text: groupName(text.group, locale) },
    title: partName(text, locale),
    words,
    own,
    shipped,
    most: longestOf(text),
    short: longestOf(text) === longestLine,
    placeholders: placeholdersIn(shipped.da).map((name) => ({
      name: `{{${name}}}`,
      means: t(`mail-texts:placeholder.${name}`),
      needed: needed.includes(name),
    })),
    differences: own ? differences(shipped, words, locale) : [],
  }
}

type Version = {
  number: number
  from: Date
  by: string
  changed: readonly { key: string; before: Bilingual | null; after: Bilingual | null }[]
}

/** What each version changed, text by text, in both languages. */
export function versionRows(versions: readonly Version[], texts: readonly EditableText[], locale: Locale) {
  return versions.map(({ number, from, by, changed }, place) => ({
    number,
    from,
    by,
    current: place === 0,
    changed: changed.map(({ key, before, after }) => {
      const text = texts.find((each) => each.key === key)
      const shipped = shippedText(key)
      return {
        name: text ? `${groupName(text.group, locale)}: ${partName(text, locale)}` : key,
        shipped: after === null,
        differences: differences(before ?? shipped, after ?? shipped, locale),
      }
    }),
  }))
}

function differences(before: Bilingual, after: Bilingual, locale: Locale) {
  const t = textIn(locale)
  return languages
    .filter((language) => before[language] !== after[language])
    .map((language) => ({
      language: t(`web:in-language.${language}`),
      lang: language,
      pieces: differenceOf(before[language], after[language]),
    }))
}

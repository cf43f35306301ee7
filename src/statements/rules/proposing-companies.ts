/** Names of companies in running text, by the form of company they end with. */

import { daysIn } from './proposing-days.js'

export type Company = { name: string; at: number; end: number }

const forms = [
  'Statsautoriseret Revisionspartnerselskab',
  'Statsautoriseret Revisionsaktieselskab',
  'Statsautoriseret Revisionsanpartsselskab',
  'Statsautoriserede Revisorer(?: [AIP]/S)?',
  'Godkendt Revisionspartnerselskab',
  'Godkendt Revisionsaktieselskab',
  'Godkendt Revisionsanpartsselskab',
  'Godkendt Revisionsvirksomhed',
  'Registreret Revisionsaktieselskab',
  'Registreret Revisionsanpartsselskab',
  '[AIKP]/S',
  'ApS',
  'A\\.m\\.b\\.A\\.?',
  'P\\.?L\\.?L\\.?C\\.?',
  'L\\.?L\\.?[CP]\\.?',
  'Inc\\.?',
  'Incorporated',
  'Ltd\\.?',
  'Limited',
  'Corp\\.?',
  'Corporation',
  '(?:GmbH|mbH)(?: & Co\\. KG)?',
  'AG',
  'AB',
  'AS',
  'ASA',
  'Oyj?',
  'B\\.?V\\.?',
  'N\\.?V\\.?',
  'S\\.?A\\.?R\\.?L\\.?',
  'S\\.?A\\.?S\\.?',
  'S\\.?[Ap]\\.?[AL]?\\.?',
  'SE',
  'plc',
  'PLC',
  'P\\.?C\\.?',
]
const word = "[\\p{Lu}\\d][\\p{L}\\d&.'-]*|[\\p{Ll}][\\p{Ll}-]*\\.(?:dk|com|net|io|eu)"
const joining = '(?:&|and|of|the|for|de|von)'
const shape = new RegExp(
  `(?<![\\p{L}\\d])((?:(?:${word}),?\\s+(?:${joining}\\s+)?){1,6}?)(${forms.join('|')})(?![\\p{L}\\d])`,
  'gu',
)

/** Words that stand before a name and are none of it. */
const lead =
  /^(?:(?:til|to|ledelsen|management|kunder|members|customers|client|the|at|for|of|in|i|hos|vi|we|our|vores|af|by|med|denne|this|erklæringen|beskrivelsen|selskabet|company|firma|prepared|issued|udstedt|board|directors|bestyrelsen|organi[sz]ation|that|og|and|dertil|desuden|while|only|besides|however|also|where|when|as|with|on|section|afsnit|revisor|auditor|re|vedr|kunde|attention|att|isae|soc|certifikat|certificate)[.:,]?\s+)+/iu

export function companiesIn(text: string): Company[] {
  let read = text.slice(0, 1500).replaceAll('’', "'")
  // 'March 31, 2026 Bluefin Ltd.' is a day and a name.
  for (const { at, end } of daysIn(read)) read = read.slice(0, at) + ';'.repeat(end - at) + read.slice(end)
  return [...read.matchAll(shape)].flatMap((match) => {
    const whole = match[0].replace(/\s+/g, ' ')
    const name = whole.replace(lead, '').replace(/^(?:\d+[.)]?\s+)/, '')
    // Nothing left but the form.
    if (!/\s/.test(name) || name.length > 90) return []
    const end = match.index + match[0].length
    return [{ name: name.replace(/'s$/, ''), at: end - name.length, end }]
  })
}

export const auditing =
  /\b(?:statsautoriser\w*|godkendt|registreret) revision\w*|\bstatsautoriserede revisorer\b|\brevis(?:ion|jon|or)\w*|\baudit(?:ors?|ing)?\b|\bLLP\b|\bL\.L\.P\.|\bPLLC\b|\bCPAs?\b|\bP\.C\.|certified public accountants?|chartered accountants?|state[- ]authori[sz]ed public accountants?|wirtschaftsprüfung\w*/i

/** Firms whose name needs no form to be known. */
export const knownFirms =
  /\b(?:Deloitte|PricewaterhouseCoopers|PwC|KPMG|EY Godkendt|Ernst & Young|BDO|Grant Thornton|RSM|Mazars|Forvis Mazars|Beierholm|Baker Tilly|Schellman|A-LIGN|Coalfire|Prescient Assurance|Crowe|Redmark|Martinsen|Moore|Roesgaard|inforevision|Aaen & Co)\b/

export function same(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '')
  return plain(a) === plain(b)
}

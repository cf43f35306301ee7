/** What people write into a cell instead of leaving it empty. */
const nothing =
  /^(?:n\/?a\.?|n\.a\.?|[-–—_.?/*\s]+|ukendt|unknown|tbd\.?|tba\.?|ikke oplyst|ikke angivet|not (?:provided|stated|specified|available|known)|mangler|missing|ved ikke|afventer|afklares|pending|ikke relevant|not applicable|ingen|intet|none|nil|null|ikke udfyldt|\((?:tom|tomme|blank|ingen)\))$/i

/** A cell that points to another paper instead of saying what it should. */
const elsewhere =
  /^(?:\(?\s*(?:se|jf\.?|jfr\.?|jvf\.?|fremgår af|henvises til|see|cf\.?|refer to|as per)\s+)(?:venligst |please )?(?:(?:også|also|the|vores|our|dpa|dba|særskilt|separat|vedlagte?|attached|separate) )*(?:bilag|annex|appendix|appendiks|ovenfor|nedenfor|above|below|note|noter|fane|ark|sheet|tab|kontrakt\w*|aftale\w*|databehandleraftale\w*|agreement|contract|dpa|dba|schedule|hjemmeside\w*|website|link|liste\w*|list|vedhæft\w*|dokument\w*|document|sharepoint)\b/i

/** Whether a cell says that there is nothing to say: 'n/a', '-', 'ukendt', 'TBD'. */
export function saysNothing(text: string): boolean {
  return nothing.test(text.trim())
}

/** Whether a cell points elsewhere: 'se bilag 2', 'see Annex B'. */
export function pointsElsewhere(text: string): boolean {
  return text.length <= 120 && elsewhere.test(text.trim())
}

// Where 'none' is an answer, or the words stand for themselves.
const literal = new Set<string>([
  'vendor',
  'name',
  'activityDa',
  'activityEn',
  'safeguards',
  'transferInstruction',
  'noRegistrationBecause',
  'keptBecause',
  'dueDiligenceNote',
  'vendorEndedBecause',
  'endedBecause',
  'assuranceOwed',
  'askedByItself',
  'isProcessor',
  'registrationKind',
])

/** Columns only our own export has: what stands in such a file is meant as it stands. */
const ownColumns = ['vendorReference', 'objectionUntil']

/** Whether the row comes from our own export. */
export function isOwnRow(cells: ReadonlyMap<string, unknown>): boolean {
  return ownColumns.some((own) => cells.has(own))
}

/** Whether the words of this cell may be read as an empty cell. */
export function mayBeBlank(field: string, cells: ReadonlyMap<string, unknown>): boolean {
  return !literal.has(field) && !isOwnRow(cells)
}

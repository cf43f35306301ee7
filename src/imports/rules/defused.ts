/** What a spreadsheet might run: it begins with a sign of a formula, or with one that hides such a sign. */
const runnable = /^'*(?:[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/

/** An apostrophe our export put before what a spreadsheet might run as a formula. */
export function undefused(text: string): string {
  return text.startsWith("'") && runnable.test(text) ? text.slice(1) : text
}

export function defused(text: string): string {
  return runnable.test(text) ? `'${text}` : text
}

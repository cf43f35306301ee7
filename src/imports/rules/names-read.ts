import { readCountries } from './countries.js'
import { shortened, type RowReader } from './plan.js'
import { namesApart } from './rows.js'

/** What a name looks like that is more than one, or that says where they are as well. */
export function sayOfName(read: RowReader, field: 'vendor' | 'name', name: string): void {
  if (read.isOwn) return
  if (namesApart(name).length > 1) {
    read.say(field, 'problem', 'several-names', { text: shortened(name.replace(/\n/g, '; ')) })
    return
  }
  const parts = name.split(/\s\/\s/).filter((part) => part.trim().length > 2)
  if (parts.length > 1) read.say(field, 'warning', 'maybe-several', { text: shortened(name) })
  const within = /\(([^()]{2,60})\)/.exec(name)?.[1]
  if (within === undefined) return
  const { codes, unread, places } = readCountries(within)
  if (codes.length > 0 && unread.length === 0 && places.length === 0)
    read.say(field, 'warning', 'name-with-place', { text: within })
}

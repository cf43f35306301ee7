import type { Day } from '../base/day.js'
import { formatWeekday } from '../i18n/formats.js'

/** What happened, by day and hour, as somebody in the room would tell it. */
export type Transcript = {
  day: (day: Day) => void
  say: (who: string, what: string, more?: readonly string[]) => void
  text: () => string
}

const width = 18

export function newTranscript(print: (line: string) => void): Transcript {
  const lines: string[] = []
  let shown: Day | undefined
  const put = (line: string) => {
    lines.push(line)
    print(line)
  }
  return {
    day: (day) => {
      if (day === shown) return
      shown = day
      put('')
      put(formatWeekday(day, 'en'))
    },
    say: (who, what, more = []) => {
      put(`  ${`${who}:`.padEnd(width)}${what}`)
      for (const line of more) put(`  ${' '.repeat(width)}${line}`)
    },
    text: () => `${lines.join('\n')}\n`,
  }
}

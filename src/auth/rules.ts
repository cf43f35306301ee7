import { commonPasswords } from './common-passwords.js'
import type { Person, Session } from './request.js'

/** Of the day's work; and a week at the most, however busy. */
const sessionIdleHours = 8
export const sessionDays = 7

const shortestPassword = 12
/** Argon2 takes any length; this bounds the work a stranger can ask for. */
const longestPassword = 200

/** How long a code is good for: long enough for a mail server that lets unknown senders wait, short enough to be of this visit. */
export const codeMinutes = 30

/** Wrong ones until the code is dead. */
export const codeTries = 5

/** Codes a contact may ask for in a day about one thing: forty guesses a day at a million numbers. */
export const codesADay = 8

/** Between the password and its code: time to find the telephone, or the paper with recovery codes. */
export const secondStepMinutes = 10

/** Between the square on the page and the first code of it. */
const pendingMinutes = 30

/** From so few recovery codes on, new ones are advised. */
export const fewRecoveryCodes = 3

export function pendingHolds(begunAt: Date, now: Date): boolean {
  return now.getTime() - begunAt.getTime() < pendingMinutes * 60_000
}

export function sessionHolds(session: Session, now: Date): boolean {
  return now < session.endsAt && now < idleEnd(session.lastSeenAt)
}

/** Sessions last seen then or before are over. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - sessionIdleHours * 3_600_000)
}

function idleEnd(lastSeenAt: Date): Date {
  return new Date(lastSeenAt.getTime() + sessionIdleHours * 3_600_000)
}

export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + sessionDays * 86_400_000)
}

/** Seen again is noted once a minute, not on every click. */
export function worthNoting(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= 60_000
}

/** A key below `problems:` for a password nobody should have; null for one that will do. */
export function passwordProblem(password: string, person: { email: string; name: string }): string | null {
  if (Array.from(password).length < shortestPassword) return 'password-too-short'
  if (password.length > longestPassword) return 'password-too-long'
  const bare = bared(password)
  if (commonPasswords.has(bare) || isRepetition(bare)) return 'password-common'
  const own = [person.email, ...person.email.split('@'), ...person.name.split(/\s+/)]
  // What is left beside one's own name must stand by itself.
  const rest = own
    .map(bared)
    .filter((word) => word.length >= 4)
    .reduce((left, word) => left.replaceAll(word, ''), bare)
  return rest.length < bare.length && rest.length < 8 ? 'password-own-name' : null
}

/** Everything a person changed, apart: names and addresses go to the erasable part of the log. */
export function changesOf(before: Person, after: Partial<Person>) {
  const changed = (keys: (keyof Person)[]) => keys.filter((key) => key in after && after[key] !== before[key])
  const side = (keys: (keyof Person)[], of: Partial<Person>) =>
    Object.fromEntries(keys.map((key) => [key, of[key]]))
  const open = changed(['role', 'locale', 'state'])
  const personal = changed(['name', 'email'])
  return {
    any: open.length + personal.length > 0,
    facts: open.length > 0 ? { before: side(open, before), after: side(open, after) } : {},
    ...(personal.length > 0
      ? { personal: { before: side(personal, before), after: side(personal, after) } }
      : {}),
  }
}

/** Where to go after sign-in: a path of ours, or the first page. '//other.example' and 'https:…' are not. */
export function safePath(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(next) || next.length > 2000) return '/'
  return /^\/(?:sign-in|sign-out|set-up|password|language|l)(?:[/?#]|$)/.test(next) ? '/' : next
}

function bared(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]/gu, '')
}

// 'aaaaaaaaaaaa', 'abcabcabcabc', '123456789012': a short piece over and over, or a run on the keyboard.
function isRepetition(text: string): boolean {
  for (let length = 1; length <= 4; length++)
    if (
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length)
    )
      return true
  const runs =
    '01234567890123456789 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn'
  return runs.includes(text) || runs.includes(Array.from(text).toReversed().join(''))
}

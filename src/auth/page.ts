import type { StaffMember } from './actions/people.js'
import type { Role } from './permissions.js'
import type { PersonState, Session } from './request.js'
import { sessionMark } from './session-mark.js'

export type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'

const tones: Record<PersonState, Tone> = { invited: 'wait', active: 'good', disabled: 'calm' }

export function personRows(people: StaffMember[]) {
  return people.map(({ _id, name, email, role, state, lastSignInAt, secondFactorSince }) => ({
    url: `/people/${_id}`,
    name,
    email,
    role,
    state,
    tone: tones[state],
    lastSignInAt,
    twoSteps: secondFactorSince !== null,
  }))
}

/** For each role how many who may sign in have set up two-step sign-in. */
export function secondFactorsByRole(people: StaffMember[], roles: readonly Role[]) {
  return roles.map((role) => {
    const all = people.filter((person) => person.role === role && person.state === 'active')
    return { role, all: all.length, have: all.filter(({ secondFactorSince }) => secondFactorSince).length }
  })
}

export function personShown(member: StaffMember) {
  return { ...member, tone: tones[member.state] }
}

export function sessionRows(sessions: Session[], present: Session) {
  return sessions.map((session) => ({
    mark: sessionMark(session),
    browser: browserName(session.browser),
    startedAt: session.startedAt,
    lastSeenAt: session.lastSeenAt,
    present: session._id === present._id,
  }))
}

/** 'Firefox, Windows': enough to recognise one's own; null for what it does not know. */
export function browserName(agent: string): string | null {
  const find = (names: [RegExp, string][]) => names.find(([shape]) => shape.test(agent))?.[1]
  const browser = find([
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/OPR\//, 'Opera'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  const system = find([
    [/Windows/, 'Windows'],
    [/iPhone|iPad/, 'iOS'],
    [/Mac OS X/, 'macOS'],
    [/Android/, 'Android'],
    [/Linux/, 'Linux'],
  ])
  return [browser, system].filter(Boolean).join(', ') || null
}

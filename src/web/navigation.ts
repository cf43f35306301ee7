import type { Permission } from '../auth/permissions.js'

/** `also`: pages reached by tabs from this one, below addresses of their own. */
export type NavigationEntry = {
  text: string
  url: string
  permission: Permission
  also?: readonly string[]
}

/** By duty, in the order the work is met. Only what exists and the person may open is shown. */
export const navigation: { text: string | null; entries: NavigationEntry[] }[] = [
  {
    text: null,
    entries: [
      { text: 'web:nav.dashboard', url: '/', permission: 'dashboard:read' },
      { text: 'web:nav.year', url: '/year', permission: 'dashboard:read' },
    ],
  },
  {
    text: 'web:nav.changes',
    entries: [
      { text: 'web:nav.notices', url: '/notices', permission: 'notices:read' },
      { text: 'web:nav.objections', url: '/objections', permission: 'objections:read' },
      { text: 'web:nav.replies', url: '/replies', permission: 'objections:read' },
      { text: 'web:nav.upstream', url: '/upstream', permission: 'notices:read' },
      { text: 'web:nav.contract-gaps', url: '/contract-gaps', permission: 'register:read' },
      { text: 'web:nav.unpermitted-use', url: '/unpermitted-use', permission: 'notices:read' },
    ],
  },
  {
    text: 'web:nav.duties',
    entries: [
      {
        text: 'web:nav.supervision',
        url: '/supervision',
        permission: 'supervision:read',
        also: ['/questionnaires', '/statements', '/findings', '/question-sets'],
      },
      {
        text: 'web:nav.requests',
        url: '/requests',
        permission: 'requests:read',
        also: ['/instructions', '/approvals', '/agreement-versions'],
      },
      { text: 'web:nav.breaches', url: '/breaches', permission: 'breaches:read' },
      { text: 'web:nav.departures', url: '/departures', permission: 'departures:read' },
      { text: 'web:nav.audits', url: '/audits', permission: 'audits:read' },
    ],
  },
  {
    text: 'web:nav.registers',
    entries: [
      { text: 'web:nav.sub-processors', url: '/register', permission: 'register:read' },
      { text: 'web:nav.engagements', url: '/engagements', permission: 'register:read' },
      { text: 'web:nav.vendors', url: '/vendors', permission: 'register:read' },
      { text: 'web:nav.services', url: '/services', permission: 'register:read' },
      { text: 'web:nav.sites', url: '/sites', permission: 'register:read' },
      { text: 'web:nav.customers', url: '/customers', permission: 'customers:read' },
      { text: 'web:nav.countries', url: '/countries', permission: 'register:read' },
      { text: 'web:nav.imports', url: '/imports', permission: 'register:write' },
    ],
  },
  {
    text: 'web:nav.evidence',
    entries: [
      { text: 'web:nav.mailbox', url: '/mailbox', permission: 'mail:read' },
      { text: 'web:nav.record', url: '/record', permission: 'customers:read' },
      { text: 'web:nav.log', url: '/log', permission: 'log:read' },
    ],
  },
  {
    text: 'web:nav.house',
    entries: [
      { text: 'web:nav.people', url: '/people', permission: 'people:read' },
      { text: 'web:nav.settings', url: '/settings', permission: 'settings:write' },
      { text: 'web:nav.texts', url: '/mail-texts', permission: 'texts:write' },
      { text: 'web:nav.public-list', url: '/public-list', permission: 'public-list:write' },
      { text: 'web:nav.whole-data', url: '/whole-data', permission: 'whole-data:read' },
    ],
  },
]

export type NavigationLink = { text: string; url: string; current: boolean }

/** The groups a person sees: entries that exist and are allowed; the one the path is under is current. */
export function navigationFor(
  path: string,
  exists: (url: string) => boolean,
  can: (permission: Permission) => boolean,
): { text: string | null; links: NavigationLink[] }[] {
  return navigation.flatMap(({ text, entries }) => {
    const links = entries
      .filter((entry) => exists(entry.url) && can(entry.permission))
      .map((entry) => ({
        text: entry.text,
        url: entry.url,
        current: [entry.url, ...(entry.also ?? [])].some((url) => isUnder(path, url)),
      }))
    return links.length > 0 ? [{ text, links }] : []
  })
}

function isUnder(path: string, url: string): boolean {
  return path === url || (url !== '/' && path.startsWith(`${url}/`))
}

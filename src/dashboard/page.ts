import type { Locale } from '../base/context.js'
import { isDay, type Day } from '../base/day.js'
import { formatDay, formatInstant, formatShortDay, formatWeekday } from '../i18n/formats.js'
import { hasText, textIn, type Text } from '../i18n/texts.js'
import type { Role } from '../auth/permissions.js'
import type { TimerRun } from '../jobs/actions.js'
import { noticeRow, type ListEntry } from '../notices/page/list.js'
import {
  isEmpty,
  nextStep,
  severities,
  sharedOut,
  type Health,
  type Registers,
  type Severity,
  type Step,
  type Task,
} from './rules.js'

type Tone = 'calm' | 'info' | 'good' | 'wait' | 'stop'
type Reader = { locale: Locale; today: Day; zone: string }
type Staff = Reader & { role: Role }

const tones: Record<Severity, Tone> = { overdue: 'stop', blocked: 'stop', due: 'wait', info: 'calm' }
const stepUrls: Record<Step, { list: string; add: string }> = {
  services: { list: '/services', add: '/services/new' },
  engagements: { list: '/vendors', add: '/vendors/new' },
  customers: { list: '/customers', add: '/customers/new' },
}

export function dashboardPage(
  {
    tasks: all,
    notices,
    registers,
    health,
  }: { tasks: readonly Task[]; notices: readonly ListEntry[]; registers: Registers; health: Health },
  reader: Staff,
) {
  const { locale, today, role } = reader
  const t = textIn(locale)
  const { own: tasks, others } = sharedOut(all, role)
  return {
    title: t('dashboard:title'),
    date: formatWeekday(today, locale),
    lead: leadOf(tasks, others.length, t),
    others: others.map((task) => ({ ...waitingShown(task, locale, t), tone: tones[task.severity] })),
    groups: severities.flatMap((severity) => {
      const those = tasks.filter((task) => task.severity === severity)
      return those.length === 0
        ? []
        : [
            {
              severity,
              tone: tones[severity],
              title: t(`dashboard:group.${severity}`),
              tasks: those.map((task) => taskShown(task, locale, t)),
            },
          ]
    }),
    notices: notices.map((entry) => noticeShown(entry, locale, t)),
    welcome: isEmpty(registers),
    steps: nextStep(registers) === null ? null : stepsOf(registers, t),
    health: healthShown(health, reader, t),
  }
}

function leadOf(tasks: readonly Task[], others: number, t: Text): string {
  const parts = (['overdue', 'blocked', 'due'] as const).flatMap((severity) => {
    const count = tasks.filter((task) => task.severity === severity).length
    return count === 0 ? [] : [t(`dashboard:count.${severity}`, { count })]
  })
  if (parts.length > 0) return parts.join(', ')
  return others === 0 ? t('dashboard:nothing') : t('dashboard:nothing-own', { count: others })
}

function taskShown(task: Task, locale: Locale, t: Text) {
  // Rooms give days as days; how they are written is the reader's.
  const facts = Object.fromEntries(
    Object.entries(task.facts).map(([name, value]) => [
      name,
      isDay(value) ? formatDay(value, locale) : value,
    ]),
  )
  return {
    text: t(task.text, facts),
    note: task.note && t(task.note, facts),
    when: task.on && formatShortDay(task.on, locale),
    action: t(task.action),
    url: task.url,
    post: task.post,
  }
}

/** What somebody else must do leads to the page it is about, not to the form. */
function waitingShown(task: Task, locale: Locale, t: Text) {
  const { text, note, when, url } = taskShown(task, locale, t)
  const [path = ''] = url.split(/[#?]/)
  const above = path.replace(/\/(?:new|preview|score|take|review|edit|sign|request)$/, '')
  return {
    text,
    note,
    when,
    word: t(`dashboard:group.${task.severity}`),
    url: above === path ? url.replace(/#.*$/, '') : above,
  }
}

function noticeShown(entry: ListEntry, locale: Locale, t: Text) {
  const row = noticeRow(entry, t)
  return {
    ...row,
    // A drawing has no line breaks of its own: each part is a link in words below it.
    parts: row.bar.parts.map((part) => ({ ...part, url: `${row.url}?phase=${part.phase}` })),
    next: row.next && { text: row.next.text, on: formatShortDay(row.next.on, locale) },
  }
}

function stepsOf(registers: Registers, t: Text) {
  const next = nextStep(registers)
  return (['services', 'engagements', 'customers'] as const).map((step) => ({
    text: t(`dashboard:step.${step}`, { count: registers[step] }),
    why: t(`dashboard:stepWhy.${step}`),
    done: registers[step] > 0,
    next: step === next,
    url: registers[step] > 0 ? stepUrls[step].list : stepUrls[step].add,
    action: t(`dashboard:stepAction.${step}`),
  }))
}

function healthShown({ mail, failing, log }: Health, { locale, zone }: Reader, t: Text) {
  const at = log ? formatInstant(log.at, locale, zone) : ''
  return [
    mail.lost > 0
      ? {
          tone: 'stop',
          text: t('dashboard:health.lost', { count: mail.lost }),
          url: '/mailbox?state=bounced',
        }
      : mail.waiting > 0
        ? {
            tone: 'info',
            text: t('dashboard:health.waiting', { count: mail.waiting }),
            url: '/mailbox?state=queued',
          }
        : mail.kept > 0
          ? {
              tone: 'calm',
              text: t('dashboard:health.kept', { count: mail.kept }),
              url: '/mailbox?state=kept',
            }
          : { tone: 'good', text: t('dashboard:health.mail'), url: '/mailbox' },
    failing.length > 0
      ? { tone: 'stop', text: t('dashboard:health.failing', { count: failing.length }), url: '/timers' }
      : { tone: 'good', text: t('dashboard:health.timers'), url: '/timers' },
    log === null
      ? { tone: 'calm', text: t('dashboard:health.unchecked'), url: '/log' }
      : log.breaks > 0
        ? { tone: 'stop', text: t('dashboard:health.broken', { count: log.breaks }), url: '/log' }
        : { tone: 'good', text: t('dashboard:health.whole', { at }), url: '/log' },
  ]
}

/** What happens by itself, and how it last went. */
export function timersPage(runs: readonly TimerRun[], { locale, zone }: Reader) {
  const t = textIn(locale)
  const instant = (at: Date | null) => (at ? formatInstant(at, locale, zone) : t('dashboard:timers.never'))
  return {
    title: t('dashboard:timers.title'),
    rows: runs.map((run) => ({
      name: nameOf(run._id, locale, t),
      last: instant(run.finishedAt),
      state:
        run.failures > 0
          ? { tone: 'stop', word: t('dashboard:timers.failing', { count: run.failures }) }
          : {
              tone: run.finishedAt ? 'good' : 'calm',
              word: t(run.finishedAt ? 'dashboard:timers.well' : 'dashboard:timers.notYet'),
            },
      failure:
        run.failures > 0
          ? t('dashboard:timers.incident', { at: instant(run.failedAt), incident: run.incident ?? '–' })
          : '',
    })),
  }
}

function nameOf(timer: string, locale: Locale, t: Text): string {
  const key = `dashboard:timer.${timer}`
  return hasText(locale, key) ? t(key) : timer
}

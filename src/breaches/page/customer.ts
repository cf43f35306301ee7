import { textIn } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/actions.js'
import type { ShownCustomer } from '../actions/show.js'
import { callOutcomes, otherWays } from '../rules.js'
import { fieldsOf, momentInWords, shortMoment, type Reading } from './moment.js'
import { clockState, latestState, toldState, unusedWords, urlOf } from './words.js'

/** One customer's part: by when, what has reached it and how that is known, calls, questions. */
export function affectedPage(shown: ShownCustomer, now: Date, reading: Reading) {
  const { breach, affected, mails, files, contacts, services, callers } = shown
  const { locale, zone } = reading
  const t = textIn(locale)
  const base = `${urlOf(breach)}/customers/${affected.customerReference}`
  const open = breach.open && affected.standing === 'affected'
  const at = (instant: Date) => shortMoment(instant, reading)
  const unused = unusedWords(affected, t, locale)
  return {
    breach,
    affected,
    base,
    title: affected.customerName,
    state: toldState(affected, t),
    latest: latestState(affected, t),
    clock:
      open && affected.told !== 'told' && affected.until ? clockState(now, affected.until, reading) : null,
    facts: [
      [t('breaches:fact.customer'), affected.customerReference, `/customers/${affected.customerReference}`],
      [
        t(affected.standing === 'affected' ? 'breaches:fact.services' : 'breaches:fact.bought'),
        affected.services.map((id) => services.get(id)?.[locale] ?? '').join(', '),
      ],
      [
        t('breaches:fact.hours'),
        affected.hours === null
          ? t('breaches:customer.no-hours')
          : t('breaches:span.hours', { hours: affected.hours }),
      ],
      ...(affected.until ? [[t('breaches:fact.until'), momentInWords(affected.until, reading)]] : []),
      ...(affected.toldAt
        ? [
            [t('breaches:fact.toldAt'), momentInWords(affected.toldAt, reading)],
            [t('breaches:fact.toldHow'), affected.toldHow ? t(`breaches:how.${affected.toldHow}`) : ''],
          ]
        : []),
      ...(affected.foundAt ? [[t('breaches:fact.foundAt'), momentInWords(affected.foundAt, reading)]] : []),
      ...(affected.because ? [[t('breaches:fact.because'), affected.because]] : []),
      ...(unused ? [[t('breaches:fact.unused'), unused]] : []),
    ],
    phases: affected.phases.map(({ number, state, at: when, because }) => ({
      text: t('breaches:customer.phase', { number }),
      state: toldState({ told: state, standing: 'affected' }, t),
      note: when ? at(when) : because ? t(`breaches:undelivered.${because}`) : '',
    })),
    mails: mails.map((mail) => mailRow(mail, reading)),
    // `calls` is what views name their fields by.
    log: affected.calls
      .map((call) => ({
        at: at(call.at),
        by: callers.get(call.by) ?? '',
        outcome: t(`breaches:outcome.${call.outcome}`),
        with: [call.spokeWith, call.number].filter(Boolean).join(', '),
        note: call.note,
      }))
      .toReversed(),
    registered: affected.registered.map(({ at: when, how, file }) => ({
      text: `${t(`breaches:how.${how}`)}, ${at(when)}`,
      file: file && files.get(file) ? { url: `${base}/files/${file}`, name: files.get(file)?.name } : null,
    })),
    receipts: affected.receipts.map(({ phase, at: when, name }) =>
      t('breaches:customer.receipt', { phase, name, at: at(when) }),
    ),
    questions: affected.questions.map((question) => ({
      id: question.id,
      from: `${question.name}, ${at(question.at)}`,
      text: question.text,
      answer: question.answer && {
        text: question.answer.text,
        from: `${callers.get(question.answer.by) ?? ''}, ${at(question.answer.at)}`,
      },
    })),
    contacts: contacts.map(({ name, phone, email }) => ({ name, phone: phone ?? '', email })),
    mayAct: open,
    mayTakeIn: breach.open && affected.standing === 'left-out',
    mayLeaveOut: open && (affected.told === 'no' || affected.told === 'undelivered'),
    maySendAgain: open && breach.phases.length > 0 && affected.latest === 'undelivered',
    outcomes: callOutcomes.map((value) => ({ value, text: t(`breaches:outcome.${value}`) })),
    ways: otherWays.map((value) => ({ value, text: t(`breaches:how.${value}`) })),
    stored: {
      ...fieldsOf('called', now, zone),
      ...fieldsOf('reached', now, zone),
      ...fieldsOf('found', now, zone),
    },
  }
}

function mailRow(mail: MailRow, { locale, zone }: Reading) {
  const t = textIn(locale)
  const tones = { accepted: 'good', bounced: 'stop', 'given-up': 'stop' } as const
  return {
    url: `/mailbox/${mail._id}`,
    subject: mail.subject,
    to: [mail.to.name, mail.to.address].filter(Boolean).join(', '),
    state: {
      tone: tones[mail.state as keyof typeof tones] ?? 'info',
      word: t(`mail:state.${mail.state}`),
    },
    evidence: mail.evidence.map(({ at, server, reply }) =>
      [shortMoment(at, { locale, zone }), server, reply].filter(Boolean).join(' · '),
    ),
  }
}

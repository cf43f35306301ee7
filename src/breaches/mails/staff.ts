/** To staff: a breach was entered, hours run out, somebody asks. What happened is read on the page, not in a mail. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Message } from '../../mail/rules.js'
import { momentInWords, spanInWords } from '../page/moment.js'
import { minutesBetween, type AffectedCustomer, type Breach } from '../rules.js'

export type Colleague = { id: string; name: string; address: string; locale: Locale }

function mail(
  breach: Breach,
  { id, name, address, locale }: Colleague,
  what: string,
  key: string,
  facts: Record<string, unknown>,
  rows: [string, string][],
): Message {
  const t = textIn(locale)
  return {
    key: `breach/alert/${breach.reference}/${key}/${id}`,
    kind: 'breach-alert',
    to: { address, name },
    locale,
    content: {
      subject: t(`breaches:alert.${what}.subject`, { reference: breach.reference, ...facts }),
      lead: t(`breaches:alert.${what}.lead`, { reference: breach.reference, ...facts }),
      greeting: t('breaches:alert.greeting', { name }),
      sections: [{ rows }, { paragraphs: [t(`breaches:alert.${what}.do`)] }],
      button: { label: t('breaches:alert.open') },
    },
    opens: `/breaches/${breach.reference}`,
    about: { kind: 'breach', id: breach._id },
    sample: breach.sample,
  }
}

/** The moment it is entered: our hours run already. `until`: the earliest last instant, as far as it can be told. */
export function enteredMail(breach: Breach, until: Date, zone: string, colleague: Colleague): Message {
  const { locale } = colleague
  const t = textIn(locale)
  const facts = {
    who: breach.vendorName ?? t('breaches:ourselves'),
    until: momentInWords(until, { locale, zone }),
  }
  return mail(breach, colleague, `entered-${breach.reportedBy}`, 'entered', facts, [
    [t('breaches:fact.where'), facts.who],
    [t('breaches:fact.awareAt'), momentInWords(breach.awareAt, { locale, zone })],
    [t('breaches:fact.until'), facts.until],
  ])
}

/** Towards whom hours run out; unclear: it is not known yet whom it concerns. */
export type Whose = 'customers' | 'unclear' | 'authority'

export type Running = { now: Date; until: Date; step: string; untold: number; zone: string }

/** Hours run out for customers nobody has reached (10.2), or for the authority (Art. 33(1)). */
export function runningOutMail(
  breach: Breach,
  whose: Whose,
  { now, until, step, untold, zone }: Running,
  colleague: Colleague,
): Message {
  const { locale } = colleague
  const t = textIn(locale)
  const over = now.getTime() >= until.getTime()
  const facts = {
    count: untold,
    left: spanInWords(Math.abs(minutesBetween(now, until)), locale),
    until: momentInWords(until, { locale, zone }),
  }
  const key = `${whose}/${until.toISOString()}/${step}`
  return mail(breach, colleague, `${whose}-${over ? 'over' : 'left'}`, key, facts, [
    [t('breaches:fact.where'), breach.vendorName ?? t('breaches:ourselves')],
    [t('breaches:fact.awareAt'), momentInWords(breach.awareAt, { locale, zone })],
    [t('breaches:fact.until'), facts.until],
  ])
}

/** A customer asks, or the sub-processor has said more. */
export function askedMail(
  breach: Breach,
  affected: Pick<AffectedCustomer, 'customerName'>,
  question: string,
  colleague: Colleague,
): Message {
  const t = textIn(colleague.locale)
  return mail(breach, colleague, 'asked', `asked/${question}`, { customer: affected.customerName }, [
    [t('breaches:fact.customer'), affected.customerName],
  ])
}

export function moreMail(breach: Breach, note: string, colleague: Colleague): Message {
  const t = textIn(colleague.locale)
  const who = breach.vendorName ?? ''
  return mail(breach, colleague, 'more', `more/${note}`, { who }, [[t('breaches:fact.where'), who]])
}

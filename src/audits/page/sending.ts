/** Who has which edition, since when, and who has confirmed it. */
import type { Locale } from '../../base/context.js'
import { formatDay, formatInstant, formatNumber } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { Counted } from '../records/copies.js'
import type { SignedDeclaration } from '../rules/declaration.js'
import { copyStates, maySendAgain, type Copy, type CopyState, type Sending } from '../rules/sending.js'
import type { State, Tone } from './words.js'

const tones: Record<CopyState, Tone> = {
  'to-send': 'info',
  queued: 'info',
  told: 'good',
  undelivered: 'stop',
}

export function sendingPage(
  values: {
    declaration: SignedDeclaration
    rows: readonly Copy[]
    counts: Record<CopyState | 'confirmed', Counted>
    sendings: readonly Sending[]
    /** Contacts' names by id, of those on the page. */
    contacts: ReadonlyMap<string, string>
  },
  { locale, zone }: { locale: Locale; zone: string },
) {
  const t = textIn(locale)
  const { declaration, rows, counts, sendings, contacts } = values
  const counted = ({ count, capped }: Counted) => `${formatNumber(count, locale)}${capped ? '+' : ''}`
  return {
    declaration: { ...declaration, signed: formatDay(declaration.signedOn, locale) },
    counts: [...copyStates, 'confirmed' as const]
      .filter((name) => counts[name].count > 0)
      .map((name) => ({ text: t(`declaration:sending.count.${name}`), count: counted(counts[name]) })),
    running: sendings.filter(({ done }) => !done).map((sending) => sendingInWords(sending, t)),
    states: copyStates.map((value) => ({ value, text: t(`declaration:sending.state.${value}`) })),
    rows: rows.map((copy) => ({
      customer: copy.customer,
      name: copy.customerName,
      reference: copy.customerReference,
      url: `/customers/${copy.customerReference}`,
      state: stateOfCopy(copy, t),
      why: copy.undelivered ? t(`declaration:sending.undelivered.${copy.undelivered}`) : '',
      told: copy.toldOn ? formatDay(copy.toldOn, locale) : '',
      way: t(`declaration:sending.way.${copy.way}`),
      receipt: copy.receipt
        ? [formatInstant(copy.receipt.at, locale, zone), contacts.get(copy.receipt.contact) ?? '']
            .filter(Boolean)
            .join(', ')
        : '',
      again: maySendAgain(copy) && declaration.state === 'signed',
      log: `/log?kind=declaration-copy&about=${encodeURIComponent(copy._id)}`,
    })),
  }
}

function stateOfCopy({ state }: Pick<Copy, 'state'>, t: Text): State {
  return { tone: tones[state], word: t(`declaration:sending.state.${state}`) }
}

function sendingInWords({ to, copies }: Sending, t: Text): string {
  return t(`declaration:sending.running.${to}`, { copies })
}

/** What a customer's page shows of one declaration. `others`: how many more customers the reader has it for. */
export function declarationCard(
  { declaration, copy, others }: { declaration: SignedDeclaration; copy: Copy | null; others: number },
  { locale, zone, base }: { locale: Locale; zone: string; base: string },
) {
  const t = textIn(locale)
  const { reference, year, edition, state, signedOn, hash, files } = declaration
  const url = `${base}/declarations/${reference}`
  return {
    reference,
    title: t('declaration:customer.of-year', { year }),
    edition: t('declaration:customer.edition', { edition, day: formatDay(signedOn, locale) }),
    state:
      state === 'replaced'
        ? { tone: 'calm', word: t('declaration:customer.replaced') }
        : { tone: 'good', word: t('declaration:customer.holds') },
    hash,
    others,
    togetherUrl: `${url}/together`,
    files: [
      { url: `${url}/da`, text: t('declaration:customer.file-da'), lang: 'da' },
      { url: `${url}/en`, text: t('declaration:customer.file-en'), lang: 'en' },
      ...(files.copy ? [{ url: `${url}/copy`, text: t('declaration:customer.file-copy'), lang: null }] : []),
    ],
    receipt: copy?.receipt
      ? t('declaration:customer.confirmed', { at: formatInstant(copy.receipt.at, locale, zone) })
      : null,
    receiptUrl: state === 'signed' && !copy?.receipt ? `${url}/receipt` : null,
  }
}

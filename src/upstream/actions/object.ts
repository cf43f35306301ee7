import type { Context, Locale } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { buildPdf } from '../../documents/pdf.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { enqueue } from '../../mail/actions.js'
import { senderNow } from '../../notices/actions.js'
import { vendorsByIds } from '../../register/actions.js'
import { objectionLetter, objectionMail, type Objecting } from '../mails.js'
import { objected, type ObjectionWay, type UpstreamNotice } from '../rules.js'
import { moveTo, upstreamOf } from './move.js'

export type Objection = {
  locale: Locale
  text: string
  how: ObjectionWay
  to: { name: string; address: string | null }
  on: string
  file: Upload | null
}

/**
 * Our objection to their change. A mail goes out through the outbox with the letter; what was handed in elsewhere is noted with
 * its copy. The letter is kept either way. Throws `Refused`: 'upstream-objected-already', 'upstream-no-vendor', 'organisation-missing'.
 */
export async function objectUpstream(
  context: Context,
  reference: string,
  input: Objection,
): Promise<UpstreamNotice> {
  const notice = await upstreamOf(reference)
  const { locale, text, how, to, on } = input
  // Refused before anything is kept.
  objected(notice, { locale, text, how, to, on, file: null })
  const [vendor] = notice.vendor ? await vendorsByIds([notice.vendor]) : []
  if (!vendor) throw new Refused('upstream-no-vendor')
  const objecting: Objecting = {
    notice,
    vendorName: vendor.name,
    sender: await senderNow(),
    locale,
    text,
    to,
    on,
    at: context.now,
  }
  const about = { kind: 'upstream-notice', id: notice._id }
  const name = `${notice.reference}-${locale === 'da' ? 'indsigelse' : 'objection'}.pdf`
  const letter = input.file ?? { name, bytes: await buildPdf(objectionLetter(objecting)) }
  const stored = await storeFile(context, { ...letter, about, sample: notice.sample })
  const number = notice.moves.filter(({ event }) => event === 'upstream-notice.objected').length + 1
  const moved = await moveTo(
    context,
    notice,
    objected(notice, { locale, text, how, to, on, file: stored._id }),
    {
      event: 'upstream-notice.objected',
      facts: { how, on, locale, file: stored._id },
      personal: { to, text },
    },
  )
  if (how === 'mail' && to.address)
    await enqueue(context, [objectionMail(objecting, to.address, number, stored._id)])
  return moved
}

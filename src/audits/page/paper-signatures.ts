import type { Locale } from '../../base/context.js'
import type { Block } from '../../documents/blocks.js'
import { formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { DeclarationFacts } from '../rules/declaration.js'
import { signers } from '../rules/sign.js'
import type { PaperState } from './paper.js'

/** Who signed what they saw, and when; lines to fill in as long as nobody has. */
export function signatureBlocks(
  { organisation }: DeclarationFacts,
  { signatures, hash, zone }: PaperState,
  locale: Locale,
): Block[] {
  const t = textIn(locale)
  return [
    {
      kind: 'paragraph',
      text: t('declaration:signatures.lead', { organisation: organisation.name }),
      keep: true,
    },
    {
      kind: 'table',
      headings: [
        t('declaration:signatures.as'),
        t('declaration:signatures.name'),
        t('declaration:signatures.title'),
        t('declaration:signatures.at'),
      ],
      rows: signers.map((as) => {
        const signature = signatures.find((each) => each.as === as)
        const who = t(`declaration:signatures.${as}`)
        if (!signature) return [who, t('declaration:signatures.not-yet'), '', '']
        const at = formatInstant(signature.at, locale, zone)
        const when = signature.withCode ? t('declaration:signatures.with-code', { at }) : at
        return [who, signature.name, signature.title, when]
      }),
      widths: [0.28, 0.2, 0.28, 0.24],
      together: true,
    },
    ...(hash ? [{ kind: 'note' as const, text: t('declaration:signatures.how', { hash }) }] : []),
  ]
}

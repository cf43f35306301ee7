/** Clause 7.5: which file a customer may be sent of a sub-processor's contract, and that it is never the whole one. */
import { Refused } from '../../base/errors.js'
import { contractsOf, copiesToSend, type Engagement } from '../../register/rules.js'
import type { SentContract } from './request.js'

export type Contracted = { engagement: Engagement; vendorName: string }

export type RedactedChoice = SentContract & {
  /** As a form sends it. */
  value: string
  leftOut: string
}

/** The latest redacted copy, none that was withdrawn, of every version that was not entered by mistake, of sub-processors on the customer's list. */
export function redactedChoices(contracted: readonly Contracted[]): RedactedChoice[] {
  return contracted.flatMap(({ engagement, vendorName }) =>
    contractsOf(engagement).flatMap((version): RedactedChoice[] => {
      const latest = copiesToSend(version).at(-1)
      if (!latest || version.mistake) return []
      return [
        {
          value: `${engagement._id}/${version.id}`,
          engagement: engagement._id,
          engagementReference: engagement.reference,
          vendorName,
          contract: version.id,
          title: version.dpaVersion ?? version.id,
          file: latest.file,
          leftOut: latest.leftOut,
        },
      ]
    }),
  )
}

/** Those of which there is a contract and no redacted copy: somebody has to make one before the customer can be answered. */
export function withoutRedacted(contracted: readonly Contracted[]): Contracted[] {
  return contracted.filter(({ engagement }) => {
    const versions = contractsOf(engagement).filter(({ mistake }) => mistake === undefined)
    return versions.length > 0 && versions.every((version) => copiesToSend(version).length === 0)
  })
}

/** Those of which the register has no contract: it is missing, or what was entered was a mistake (clause 7.4). */
export function withoutContract(contracted: readonly Contracted[]): Contracted[] {
  return contracted.filter(({ engagement }) =>
    contractsOf(engagement).every(({ mistake }) => mistake !== undefined),
  )
}

/** Throws `Refused`: 'copy-not-redacted' for anything that is none of the choices, 'copy-none-chosen'. */
export function chosenCopies(values: readonly string[], choices: readonly RedactedChoice[]): SentContract[] {
  if (values.length === 0) throw new Refused('copy-none-chosen')
  return [...new Set(values)].map((value) => {
    const found = choices.find((choice) => choice.value === value)
    if (!found) throw new Refused('copy-not-redacted')
    const { value: _value, leftOut: _leftOut, ...sent } = found
    return sent
  })
}

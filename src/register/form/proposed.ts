/** What a link from somewhere else proposes for a vendor's form, such as an answer to a questionnaire: it stands there to be looked over. */
import { countryOf } from '../../transfers/rules.js'

type Fields = {
  name: string
  registrationNumber: string
  address: string
  country: string
  contacts: object[]
}

export function withProposed<Of extends Fields>(fields: Of, query: unknown): Of & { from: string } {
  const asked = (query ?? {}) as Record<string, unknown>
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value.trim().slice(0, 500) : ''
  }
  const parts = text('contact').split(', ').filter(Boolean)
  const email = parts.find((part) => part.includes('@')) ?? ''
  const [name = '', phone = ''] = parts.filter((part) => part !== email)
  const country = text('country')
  return {
    ...fields,
    name: text('name') || fields.name,
    registrationNumber: text('registration') || fields.registrationNumber,
    address: text('address') || fields.address,
    country: countryOf(country) !== null ? country : fields.country,
    contacts:
      parts.length > 0
        ? [...fields.contacts, { name, email, phone, role: 'data-protection' }]
        : fields.contacts,
    from: /^QN-\d{4}-\d{3,}$/.test(text('from')) ? text('from') : '',
  }
}

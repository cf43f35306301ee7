import type { Locale } from '../../base/context.js'
import type { Service } from '../../register/rules.js'
import { partsOf } from './cells.js'
import { plainName } from './names.js'
import { shortened, type RowReader } from './plan.js'

export function servicesIn(
  read: RowReader,
  { services }: { services: readonly Service[] },
): string[] | undefined {
  return read.value('services', (text) => {
    const ids: string[] = []
    // A name may hold a comma: parts at semicolons are tried whole first.
    const parts = namesIn(text).flatMap((part) => (serviceNamed(part, services) ? [part] : partsOf(part)))
    for (const part of parts) {
      const service = serviceNamed(part, services)
      if (service) ids.push(service._id)
      else read.say('services', 'problem', 'service-unknown', { text: shortened(part) })
    }
    return [...new Set(ids)]
  })
}

/** Names in one cell, as `namesIn` reads them: a semicolon within a name is marked. */
export function writeNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\;]/g, '\\$&')).join('; ')
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/((?:\\[\\;]|[^;\n])+)/g)]
    .map(([part]) => part.replace(/\\([\\;])/g, '$1').trim())
    .filter(Boolean)
}

/** What a service is written as: its name, or its number where the name would be read as another's. */
export function wordForService(service: Service, services: readonly Service[], locale: Locale): string {
  const { _id, name, reference } = service
  return serviceNamed(name[locale], services)?._id === _id ? name[locale] : reference
}

export function serviceNamed(text: string, services: readonly Service[]): Service | undefined {
  const plain = plainName(text)
  return services.find(({ reference, name }) =>
    [reference, name.da, name.en].some((each) => plainName(each) === plain),
  )
}

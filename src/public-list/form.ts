import { z } from 'zod'
import type { Bilingual, Locale } from '../base/context.js'
import { bilingual, choice, email, listOf, readForm, text, ticked, type Read } from '../base/form.js'
import type { Filter } from './rules/filter.js'

export function readSubscribing(body: unknown): Read<{ email: string; locale: Locale }> {
  return readForm(z.object({ email: email(), locale: choice(['da', 'en']) }), body)
}

export function readAddress(body: unknown): Read<{ email: string }> {
  return readForm(z.object({ email: email() }), body)
}

export function readCorrection(body: unknown): Read<{ edition: string; note: Bilingual }> {
  return readForm(z.object({ edition: text(20), note: bilingual(2000) }), body)
}

export function readLook(body: unknown): Read<{ addresses: boolean; remove: Locale[] }> {
  return readForm(z.object({ addresses: ticked(), remove: listOf(choice(['da', 'en'])) }), body)
}

/** `shown`: the ids that were on the page; `unnamed`: those of them that are to be without name. */
export function readChoices(body: unknown): Read<{ named: string[]; unnamed: string[] }> {
  const read = readForm(z.object({ shown: listOf(text(40)), unnamed: listOf(text(40)) }), body)
  if (read.problems) return read
  const { shown, unnamed } = read.input
  return {
    input: {
      named: shown.filter((id) => !unnamed.includes(id)),
      unnamed: shown.filter((id) => unnamed.includes(id)),
    },
  }
}

/** From an address, which may hold anything. */
export function readFilter(query: unknown): Filter & { page: number } {
  const asked = (query ?? {}) as Record<string, unknown>
  const one = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value.trim().slice(0, 200) : ''
  }
  const page = Number(one('page'))
  return {
    q: one('q'),
    service: one('service'),
    country: one('country'),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}

import type { Request } from 'express'
import { contextOf } from '../../web/page.js'
import type { Wall } from '../form.js'
import type { Reading } from '../page.js'

export function readingOf(req: Request): Reading {
  return { locale: contextOf(req).locale, zone: req.house.config.zone }
}

export function wallOf(req: Request): Wall {
  return { zone: req.house.config.zone, now: contextOf(req).now }
}

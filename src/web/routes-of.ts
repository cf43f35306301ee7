import type { Express } from 'express'
import { guardOf, type Guard } from '../auth/guards.js'

export type RouteEntry = {
  method: string
  path: string
  guard: Guard | undefined
  at: number
  uploads: boolean
}

type Layer = {
  handle: unknown
  route?: { path: string | string[]; stack: { method?: string; handle: unknown }[] }
}

/** Every route of the application, in order, with its guard and the guard's place among the route's functions. */
export function routesOf(app: Express): RouteEntry[] {
  return layersOf(app.router).flatMap((layer) => [...routesIn(layer)])
}

/** Whether a GET route with exactly this path is mounted. */
export function pathExists(app: Express, url: string): boolean {
  let paths = known.get(app)
  if (!paths) {
    paths = new Set(routesOf(app).flatMap(({ method, path }) => (method === 'get' ? [path] : [])))
    known.set(app, paths)
  }
  return paths.has(url)
}

const known = new WeakMap<Express, Set<string>>()

function* routesIn(layer: Layer): Generator<RouteEntry> {
  if (!layer.route) {
    for (const inner of layersOf(layer.handle)) yield* routesIn(inner)
    return
  }
  const { path, stack } = layer.route
  for (const method of new Set(stack.map((entry) => entry.method ?? 'all'))) {
    const handlers = stack.filter((entry) => (entry.method ?? 'all') === method).map((entry) => entry.handle)
    const at = handlers.findIndex((handler) => guardOf(handler) !== undefined)
    const uploads = handlers.some((handler) => typeof handler === 'function' && 'uploads' in handler)
    for (const one of [path].flat()) yield { method, path: one, guard: guardOf(handlers[at]), at, uploads }
  }
}

function layersOf(router: unknown): Layer[] {
  if (typeof router !== 'function' || !('stack' in router) || !Array.isArray(router.stack)) return []
  return router.stack as Layer[]
}

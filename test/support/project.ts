import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder these tests run from: the project's own, or that of a compiled copy. */
export const here = fileURLToPath(new URL('../../', import.meta.url))

/** The project itself: a compiled copy has its package.json by a link. */
export const project = `${dirname(realpathSync(`${here}package.json`))}/`

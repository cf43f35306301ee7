// Puts the programs that tests start together: node --import tsx put-together.ts <where to> <where it will stand>
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { project } from './project.js'

const [outdir = '', place = ''] = process.argv.slice(2)

await build({
  absWorkingDir: project,
  // What is started, and what is found by its place: an `import` of an address instead of a name.
  entryPoints: [
    'src/main.ts',
    'src/cli.ts',
    'src/walkthrough.ts',
    'src/db/engine/main.ts',
    'src/*/records.ts',
    'src/*/records/*.ts',
    'test/db/writer.ts',
    'test/faults/worker.ts',
    'test/mail/sending-process.ts',
  ],
  outdir,
  outbase: '.',
  bundle: true,
  // Each source is there once, whichever program loads it.
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  logLevel: 'error',
  plugins: [{ name: 'keeps its place', setup: (each) => each.onLoad({ filter: /\.ts$/ }, inItsPlace) }],
})

/** A source goes by where it stands: together with others it would stand elsewhere. */
function inItsPlace({ path }: { path: string }) {
  const stands = pathToFileURL(`${place}/${relative(project, path).replace(/\.ts$/, '.js')}`).href
  const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(stands))
  return { loader: 'ts' as const, contents }
}

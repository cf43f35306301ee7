// Checks an unpacked evidence pack without Tilsyn, with nothing but Node 20: node verify-pack.mjs [FOLDER]
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'

process.chdir(process.argv[2] ?? '.')
const problems = []
const check = (holds, problem) => holds || problems.push(problem)
const read = (path) => (existsSync(path) ? readFileSync(path) : '')
const lines = (path) => read(path).toString().split('\n').filter(Boolean)
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const sealed = (...parts) => sha256(parts.join('\n'))
// One text for one value: JSON.stringify writes the keys, at every depth, in the order of the list it is given.
const keysIn = (value) =>
  value instanceof Object ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]) : []
const canonical = (value) => JSON.stringify(value, keysIn(value).sort())

const { files, made, anchor, entries } = JSON.parse(read('manifest.json'))
const listed = new Set(['manifest.json', ...files.map(({ path }) => path)])
for (const path of readdirSync('.', { recursive: true }).map((path) => path.replaceAll('\\', '/')))
  check(listed.has(path) || statSync(path).isDirectory(), `${path}: not in the manifest`)
for (const { path, sha256: hash } of files) check(sha256(read(path)) === hash, `${path}: missing or changed`)
for (const { id, subject, text, html, bodies, bodyHash } of lines('mails.jsonl').map(JSON.parse)) {
  const parts = bodies ? [bodies.text, bodies.html] : [read(text), read(html)]
  check(sha256([subject, ...parts].join('\0')) === bodyHash, `mail ${id}: changed`)
}
// The log's chain: each link's hash holds the one before it; the last is the anchor.
const [head, ...digests] = lines('log/chain.txt')
const first = anchor.sequence - digests.length + 1
const end = digests.reduce((held, digest, at) => sealed(first + at, digest, held), head?.split(' ')[1])
check(!head || end === anchor.hash, 'log/chain.txt: does not end in the anchor')
const log = lines('log/entries.jsonl').map(JSON.parse)
check(log.length === entries, 'log/entries.jsonl: not as many entries as the manifest says')
for (const { sequence, digest, previous, hash, entry, personal } of log) {
  const held = !head || digests[sequence - first] === digest
  check(held && sealed(sequence, digest, previous) === hash, `log entry ${sequence}: not in the chain`)
  check(!entry || sealed(canonical(entry)) === digest, `log entry ${sequence}: changed`)
  const salted = personal && sealed(personal.salt, canonical(personal.values))
  check(!personal || salted === entry.personalHash, `log entry ${sequence}: its personal part is changed`)
}
console.log(problems.join('\n') || `The pack is whole: ${files.length} files, ${log.length} log entries.`)
console.log(`Made ${made.at}. SHA-256 of its manifest: ${sha256(read('manifest.json'))}`)
process.exitCode = problems.length > 0 ? 1 : 0

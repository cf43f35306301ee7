// Checks an unpacked evidence pack without Tilsyn, with nothing but Node 20: node verify-pack.mjs [FOLDER]
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2] ?? '.'
const problems = []
const check = (holds, problem) => holds || problems.push(problem)
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const read = (path) => (found.has(path) ? readFileSync(join(folder, path)) : '')
const there = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile())
const found = new Set(there.map((path) => path.replaceAll('\\', '/')))
// One text for one value: keys in order, so that the hash does not depend on how it was written.
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`
}

const manifest = JSON.parse(read('manifest.json'))
const listed = new Map(manifest.files.map((file) => [file.path, file]))
for (const path of found) check(listed.has(path) || path === 'manifest.json', `${path}: not in the manifest`)
for (const [path, file] of listed)
  if (check(found.has(path), `${path}: missing`) === true)
    check(sha256(read(path)) === file.sha256, `${path}: changed`)

const lines = (path) => (found.has(path) ? read(path).toString().split('\n').filter(Boolean) : [])
// Every mail's hash was taken when it was put in the outbox: of its subject, text and HTML.
for (const mail of lines('mails.jsonl').map((line) => JSON.parse(line))) {
  const bodies = mail.text ? [read(mail.text), read(mail.html)] : [mail.bodies.text, mail.bodies.html]
  check(sha256([mail.subject, ...bodies].join('\0')) === mail.bodyHash, `mail ${mail.id}: changed`)
}
// The chain: each link's hash holds the one before it; the last is the anchor.
const [first, ...digests] = lines('log/chain.txt')
const hashes = new Map()
let [sequence, previous] = first ? [Number(first.split(' ')[0]), first.split(' ')[1]] : []
for (const digest of digests) {
  hashes.set(sequence, (previous = sha256(`${sequence}\n${digest}\n${previous}`)))
  sequence += 1
}
check(!first || previous === manifest.anchor.hash, 'log/chain.txt: does not end in the anchor')
const entries = lines('log/entries.jsonl').map((line) => JSON.parse(line))
check(entries.length === manifest.entries, 'log/entries.jsonl: not as many entries as the manifest says')
for (const { sequence, digest, previous, hash, entry, personal } of entries) {
  const name = `log entry ${sequence}`
  check(sha256(`${sequence}\n${digest}\n${previous}`) === hash, `${name}: its seal is changed`)
  check(!first || hashes.get(sequence) === hash, `${name}: not in the chain`)
  check(!entry || sha256(canonical(entry)) === digest, `${name}: changed`)
  const salted = personal && sha256(`${personal.salt}\n${canonical(personal.values)}`)
  check(!personal || salted === entry.personalHash, `${name}: its personal part is changed`)
}
console.log(problems.join('\n') || `The pack is whole: ${listed.size} files, ${entries.length} log entries.`)
console.log(`Made ${manifest.made.at}. SHA-256 of its manifest: ${sha256(read('manifest.json'))}`)
process.exitCode = problems.length > 0 ? 1 : 0

import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { listWithSuite, releaseAfter, stanzasWithSuite } from './apt-sources.js'
import type { Note } from '../failures.js'

const run = promisify(execFile)

const architectures: Record<string, { debian: string; folder: string; loader: string } | undefined> = {
  x64: { debian: 'amd64', folder: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { debian: 'arm64', folder: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
}

/**
 * The words that run node under a C library new enough for the engine, which the system's is not: fetched from
 * the next Debian release into `cache` at the first start, as any user, without changing the system.
 * Throws where that is not possible.
 */
export async function nodeUnderNewerLibc(cache: string, note: Note): Promise<string[]> {
  const architecture = architectures[process.arch]
  const release = releaseAfter(await readFile('/etc/os-release', 'utf8').catch(() => ''))
  if (!architecture || !release) throw new Error('no newer C library is known for this system')
  const home = join(cache, `libc-${release.to}-${architecture.debian}`)
  const library = join(home, 'usr', 'lib', architecture.folder)
  const loader = join(library, architecture.loader)
  if (!(await exists(loader))) {
    note(`Fetching the C library of Debian ${release.to} with apt into ${home} (12 MB, once).`)
    await fetchInto(home, cache, release, architecture.debian)
  }
  const system = ['/usr/lib', '/lib'].map((folder) => join(folder, architecture.folder))
  return [loader, '--library-path', [library, ...system].join(':'), process.execPath]
}

async function fetchInto(
  home: string,
  cache: string,
  release: { from: string; to: string },
  architecture: string,
): Promise<void> {
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'fetching-'))
  try {
    const options = await aptOptions(work, release, architecture)
    await apt([...options, 'update'], work)
    await apt([...options, 'download', 'libc6'], work)
    const archive = (await readdir(work)).find((name) => name.endsWith('.deb'))
    if (!archive) throw new Error('apt-get downloaded no libc6')
    const unpacked = join(work, 'unpacked')
    await run('dpkg', ['-x', archive, unpacked], { cwd: work })
    // Two first starts at once: the rename of the later one fails on the folder of the earlier, which is as good.
    await rename(unpacked, home).catch(async (error: unknown) => {
      if (!(await exists(home))) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function apt(words: string[], work: string): Promise<void> {
  await run('apt-get', words, { cwd: work, timeout: 120_000 }).catch(
    (error: { stderr?: string; message: string }) => {
      const reason = error.stderr?.trim().split('\n').at(-1) || error.message.split('\n')[0]
      throw new Error(`apt-get: ${reason}`, { cause: error })
    },
  )
}

async function aptOptions(
  work: string,
  release: { from: string; to: string },
  architecture: string,
): Promise<string[]> {
  const sources = join(work, 'sources')
  const folders = ['sources', 'state/lists/partial', 'cache/archives/partial']
  for (const folder of folders) await mkdir(join(work, folder), { recursive: true })
  await copySources(sources, release)
  return [
    '-qq',
    '-oDir::Etc::sourcelist=/dev/null',
    `-oDir::Etc::sourceparts=${sources}`,
    `-oDir::State=${join(work, 'state')}`,
    `-oDir::State::Lists=${join(work, 'state/lists')}`,
    '-oDir::State::status=/dev/null',
    `-oDir::Cache=${join(work, 'cache')}`,
    `-oAPT::Architecture=${architecture}`,
    `-oAPT::Architectures=${architecture}`,
    '-oAcquire::Languages=none',
    '-oAcquire::Retries=2',
    '-oAcquire::http::Timeout=20',
    // The private folder is closed to apt's own user; signatures are checked all the same.
    '-oAPT::Sandbox::User=root',
  ]
}

async function copySources(target: string, release: { from: string; to: string }): Promise<void> {
  const parts = '/etc/apt/sources.list.d'
  const files = [
    '/etc/apt/sources.list',
    ...(await readdir(parts).catch(() => [])).map((name) => join(parts, name)),
  ]
  let copied = 0
  for (const file of files) {
    const deb822 = file.endsWith('.sources')
    if (!deb822 && !file.endsWith('.list')) continue
    const text = await readFile(file, 'utf8').catch(() => '')
    const other = (deb822 ? stanzasWithSuite : listWithSuite)(text, release.from, release.to)
    if (!other) continue
    copied += 1
    await writeFile(join(target, `${copied}.${deb822 ? 'sources' : 'list'}`), `${other}\n`)
  }
  if (copied === 0) throw new Error(`apt has no source for ${release.from}`)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

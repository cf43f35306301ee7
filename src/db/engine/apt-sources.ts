/** Debian releases whose C library is too old for the engine, and the release whose library serves. */
const nextReleases: Record<string, string> = { bookworm: 'trixie' }

/** The release to take the C library from, by VERSION_CODENAME of /etc/os-release; undefined where none is known. */
export function releaseAfter(osRelease: string): { from: string; to: string } | undefined {
  const from = /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(osRelease)?.[1]
  const to = from && nextReleases[from]
  return from && to ? { from, to } : undefined
}

/**
 * The machine's own sources with the suite replaced, so that its mirrors, proxies and keys are used. Sources of
 * other origins are left out: they know nothing of the C library, and may not know the next release.
 */
export function listWithSuite(list: string, from: string, to: string): string {
  const line = new RegExp(
    `^(deb\\s+(?:\\[[^\\]]*\\]\\s+)?\\S+\\s+)${from}((?:-updates|-security|/updates)?\\s.*)$`,
  )
  return list
    .split('\n')
    .filter((each) => line.test(each))
    .map((each) => each.replace(line, `$1${to}$2\n`))
    .join('')
}

/** The same for deb822 files (`*.sources`). */
export function stanzasWithSuite(sources: string, from: string, to: string): string {
  const suite = new RegExp(`^${from}(-updates|-security)?$`)
  return sources
    .split(/\n\s*\n/)
    .map((stanza) => stanza.replace(/^#.*\n?/gm, ''))
    .filter((stanza) => {
      const suites = /^Suites:[ \t]*(.*)$/im.exec(stanza)?.[1]?.trim().split(/\s+/) ?? []
      const enabled = !/^Enabled:[ \t]*(no|false|0)\b/im.test(stanza)
      return enabled && /^Types:.*\bdeb\b(?!-)/im.test(stanza) && suites.some((each) => suite.test(each))
    })
    .map((stanza) =>
      stanza
        .replace(/^Types:.*$/im, 'Types: deb')
        .replace(/^Suites:[ \t]*(.*)$/im, (_, suites: string) => {
          const wanted = suites
            .trim()
            .split(/\s+/)
            .filter((each) => suite.test(each))
          return `Suites: ${wanted.map((each) => each.replace(from, to)).join(' ')}`
        })
        .trim(),
    )
    .join('\n\n')
}

/** Told one plain line about what takes long or went wrong; never personal values. */
export type Note = (line: string) => void

/** Another process has the data folder open. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse'
  constructor(
    readonly dataDir: string,
    /** Undefined where it cannot be seen from here, such as in another container. */
    readonly pid: number | undefined,
  ) {
    super(
      `Tilsyn is already running on ${dataDir}${pid === undefined ? '' : ` (process ${pid})`}. ` +
        'Stop it first, or give this one a folder of its own (DATA_DIR).',
    )
  }
}

/** The data folder was made by another engine, whose files this one does not read. */
export class MadeByOtherEngine extends Error {
  override name = 'MadeByOtherEngine'
  constructor(dataDir: string, made: string, now: string) {
    super(
      `The database in ${dataDir} was made by ${made}; this start would use ${now}. Start as before and run ` +
        '"tilsyn dump FILE", then start with an empty DATA_DIR and run "tilsyn restore FILE".',
    )
  }
}

/** No database could be started; the message names the ways out. */
export class NoDatabase extends Error {
  override name = 'NoDatabase'
  constructor(reason: string, cause?: unknown) {
    super(
      [
        `No database could be started: ${reason}.`,
        'Ways out:',
        '  - set MONGODB_URI to the address of a MongoDB server;',
        '  - set MONGOMS_SYSTEM_BINARY to the path of a mongod on this machine;',
        '  - run on a system with glibc 2.38 or later (Debian 13, Ubuntu 24.04), or on Debian 12 with its package mirror in reach.',
      ].join('\n'),
      { cause },
    )
  }
}

/** What Tilsyn asks is not understood by earlier releases of MongoDB (decision 39). */
const oldestServer = 7

export class ServerTooOld extends Error {
  override name = 'ServerTooOld'
  constructor(version: string) {
    super(`The MongoDB server is ${version}; Tilsyn needs ${oldestServer}.0 or later. Nothing was changed.`)
  }
}

/** `version`: as a server tells it, such as '6.0.14' or '9.0.0-alpha0'. */
export function isTooOld(version: string): boolean {
  return Number.parseInt(version, 10) < oldestServer
}

/** A file that cannot be restored: no dump, of another version, damaged, or cut off. */
export class BadDump extends Error {
  override name = 'BadDump'
  constructor(file: string, reason: string, cause?: unknown) {
    super(`${file} cannot be restored: ${reason}. Nothing was changed.`, { cause })
  }
}

/** A restore would mix its documents with those that are there. */
export class DatabaseNotEmpty extends Error {
  override name = 'DatabaseNotEmpty'
  constructor(readonly collections: string[]) {
    super(`The database is not empty (${collections.join(', ')}). Nothing was changed.`)
  }
}

/** What a person asked for is not there (404). Says nothing about whether it ever was. */
export class NotFound extends Error {
  override name = 'NotFound'
}

/** The signed-in person may not do this (403). */
export class Forbidden extends Error {
  override name = 'Forbidden'
}

/**
 * The business says no (409). `reason` is a text key below `refusals:`, e.g. `notice-not-draft`;
 * `facts` fill its placeholders.
 */
export class Refused extends Error {
  override name = 'Refused'
  constructor(
    readonly reason: string,
    readonly facts: Record<string, string | number> = {},
  ) {
    super(reason)
  }
}

/** For timers that several processes run: another moved it first, so what there was to do is done. */
export function anotherWasQuicker(error: unknown): boolean {
  return error instanceof Refused && error.reason === 'changed-meanwhile'
}

/** The message is for the person at the terminal. Nothing has been changed where it is thrown. */
export class CannotReadIn extends Error {
  override name = 'CannotReadIn'
}

export function unreadable(file: string, reason: string, cause?: unknown): CannotReadIn {
  return new CannotReadIn(`${file} cannot be read in: ${reason}. Nothing was changed.`, { cause })
}

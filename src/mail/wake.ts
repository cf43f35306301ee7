let listener: (() => void) | undefined

/** The sender of this process, if it has one, looks for mails at once instead of at its next round. */
export function wakeSender(): void {
  listener?.()
}

/** One sender per process: the last one started is the one that is woken. */
export function whenWoken(wake: (() => void) | undefined): void {
  listener = wake
}

import { pino, type Logger } from 'pino'

export type Log = Logger

/**
 * Fixed messages and ids only: never names, addresses, tokens or free text. ERROR means someone must act today.
 * Errors are logged by class and incident number; driver errors carry values of documents in their messages.
 */
export function makeLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

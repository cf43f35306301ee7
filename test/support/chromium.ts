import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where a Chromium is on this machine: CHROMIUM names one; undefined where there is none. */
export const chromium: string | undefined = [process.env['CHROMIUM'], ...places].find(
  (place) => place && existsSync(place),
)

/** No sandbox: tests run as root in containers, and open pages of ours only. Nothing is fetched in the background. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

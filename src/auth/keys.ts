import { hkdfSync } from 'node:crypto'

/** One key per use, so that what one key signs says nothing to another. */
export type Keys = {
  cookies: string
  csrf: string
  links: string
  linkCookies: string
  codes: string
  replies: string
  /** The seed of the key pair that answers taken along are signed with. */
  answers: string
  /** Of addresses by which a subscription to the public list is confirmed and ended. */
  subscriptions: string
  /** What people's second factors are sealed with. */
  secondFactors: string
  /** Of what says that a browser has shown a contact's mailbox. */
  mailboxes: string
  /** Of the marks by which tries are counted. */
  limits: string
}

/** All of the same secret: `SESSION_SECRET`, or the one in the data folder. */
export function keysFrom(secret: string): Keys {
  const key = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'tilsyn', use, 32)).toString('hex')
  return {
    cookies: key('cookies'),
    csrf: key('csrf'),
    links: key('links'),
    linkCookies: key('link-cookies'),
    codes: key('codes'),
    replies: key('replies'),
    answers: key('answers'),
    subscriptions: key('subscriptions'),
    secondFactors: key('second-factors'),
    mailboxes: key('mailboxes'),
    limits: key('limits'),
  }
}

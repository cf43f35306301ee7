import type { Context } from '../base/context.js'
import type { Trial } from './house.js'
import type { Transcript } from './transcript.js'

/** What each chapter needs: the house, the telling, and the officer at this moment. */
export type Telling = { trial: Trial; transcript: Transcript; olga: () => Context }

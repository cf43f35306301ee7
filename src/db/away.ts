// By name: mongoose and the driver each say it in their own way, and wrap one another's.
const ofTheConnection = [
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'PoolClearedOnNetworkError',
]
const ofTheServer = ['RetryableWriteError', 'ResetPool', 'NetworkError']

/** The database was not reached, or could not answer just now: asking again later may well work. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { errorLabelSet } = error as { errorLabelSet?: Set<string> }
  return (
    ofTheConnection.includes(error.name) ||
    (error.name === 'MongooseError' && error.message.includes('buffering timed out')) ||
    ofTheServer.some((label) => errorLabelSet?.has(label)) ||
    isAway(error.cause)
  )
}

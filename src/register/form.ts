export { isAddingRow, readEngagement, type EngagementForm } from './form/engagement.js'
export {
  readBaseline,
  readChangeReason,
  readEnd,
  readPeriod,
  readService,
  readUse,
  readVersion,
} from './form/small.js'
export { readVendor } from './form/vendor.js'

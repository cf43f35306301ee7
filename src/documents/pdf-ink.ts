export const ink = '#1d2529'
export const quiet = '#5b666c'
export const line = '#d5dadd'
export const margin = 62
/** The typeface is made with wide leading; in cells a little less reads better. Points. */
export const lineGap = -1

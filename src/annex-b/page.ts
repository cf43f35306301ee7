export { annexB, annexBName, type AnnexB, type AnnexBPaper, type Further } from './page/annex-b.js'
export { annexBOffer, type Offer } from './page/offer.js'
export { handedOut } from './page/handed-out.js'

export { annexB, annexBName, type AnnexB, type AnnexBPaper } from './page/annex-b.js'
export { annexBOffer, type Offer } from './page/offer.js'

import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { NotFound } from '../../base/errors.js'
import type { Locale } from '../../base/context.js'
import { contextOf, pathPart } from '../../web/page.js'
import { sendBytes, sendFile } from '../../web/send.js'
import { factsOf } from '../actions/freeze.js'
import { makePaper, makeWorkingPapers } from '../actions/papers.js'
import { auditAtWork } from '../actions/read.js'
import type { Papers } from '../rules/audit.js'

/** By its name in the address: what is stored once both have signed, else how it would be made now. */
const papers: Record<
  string,
  { stored: (papers: Papers) => string | null; locale: Locale; format: 'pdf' | 'docx' }
> = {
  'da.pdf': { stored: ({ da }) => da, locale: 'da', format: 'pdf' },
  'en.pdf': { stored: ({ en }) => en, locale: 'en', format: 'pdf' },
  'da.docx': { stored: ({ wordDa }) => wordDa, locale: 'da', format: 'docx' },
  'en.docx': { stored: ({ wordEn }) => wordEn, locale: 'en', format: 'docx' },
}

export function paperRoutes(router: Router): void {
  router.get('/audits/:reference/papers/:paper', may('audits:read'), async (req, res) => {
    const context = contextOf(req)
    const [reference, name] = [pathPart(req, 'reference'), pathPart(req, 'paper')]
    const whole = await auditAtWork(reference)
    const { audit } = whole
    if (name === 'signed-copy.pdf') return sendFile(res, audit.signedCopy?.file ?? '')
    if (name === 'as-signed-da.pdf') return sendFile(res, audit.papers?.asSigned?.da ?? '')
    if (name === 'as-signed-en.pdf') return sendFile(res, audit.papers?.asSigned?.en ?? '')
    if (name === 'working-papers.xlsx') {
      if (audit.papers) return sendFile(res, audit.papers.working)
      const facts = await factsOf(context, reference)
      return sendBytes(res, await makeWorkingPapers(whole, facts, context.now, context.locale))
    }
    const paper = Object.hasOwn(papers, name) ? papers[name] : undefined
    if (!paper) throw new NotFound()
    const stored = audit.papers && paper.stored(audit.papers)
    if (stored) return sendFile(res, stored)
    const made = { madeAt: context.now, replacedBy: null }
    sendBytes(res, await makePaper(audit, await factsOf(context, reference), made, paper))
  })
}

import type { Request, Router } from 'express'
import { may } from '../../auth/guards.js'
import { newId } from '../../base/ids.js'
import { textIn } from '../../i18n/texts.js'
import { pickersFor, pickIn, withPicks, type PickField, type Picks } from '../../lists/picker.js'
import { vendorByReference, vendorsToPick } from '../../register/actions.js'
import { answerOn, queried, typedText } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage, type PageValues } from '../../web/page.js'
import { openFinding } from '../actions.js'
import { readNew } from '../form.js'
import { urlOf } from '../page.js'
import { daysToPutRight, severities } from '../rules.js'

/** What one of us finds: on a visit, by a call. Whose it is to put right is said on its page. */
export function newRoutes(router: Router): void {
  router.get('/findings/new', may('supervision:write'), async (req, res) => {
    await renderPage(req, res, 'findings/new', await newValues(req))
  })

  router.post('/findings/new', may('supervision:write'), async (req, res) => {
    const context = contextOf(req)
    const picks = await pickIn(req.body, [vendorBox(req)])
    const again = { view: 'findings/new', values: () => newValues(req, picks) }
    await answerOn(req, res, withPicks(readNew(req.body), picks), again, async (input) => {
      const chosen = picks.found.get('vendor')?.chosen
      const vendor = chosen ? await vendorByReference(chosen.value) : null
      const { once, what, severity, dueOn } = input
      const finding = await openFinding(context, {
        // The form's own id: sent twice, it makes one finding.
        source: { kind: 'staff', id: context.actor.id, item: once },
        vendor: vendor?._id ?? null,
        text: what,
        severity,
        ...(dueOn === null ? {} : { dueOn }),
        sample: vendor?.sample ?? false,
      })
      redirectWith(req, res, `${urlOf(finding)}#change`, 'findings:flash.opened', {
        reference: finding.reference,
      })
    })
  })
}

async function newValues(req: Request, picks?: Picks): Promise<PageValues> {
  const t = textIn(req.locale)
  return {
    once: typedText(req, 'once') || newId(),
    pickers: await pickersFor([{ ...vendorBox(req), stored: queried(req, 'vendor') || null }], picks),
    severities: severities.map((value) => ({
      value,
      text: t(`findings:severity.${value}`),
      hint: t('findings:severity-days', { count: daysToPutRight[value] }),
    })),
    today: contextOf(req).today,
  }
}

function vendorBox(req: Request): PickField {
  return { field: 'vendor', source: vendorsToPick(contextOf(req), 'reference') }
}

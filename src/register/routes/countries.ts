import type { Router } from 'express'
import { may } from '../../auth/guards.js'
import { isDay } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { addDecision, lawNow } from '../../transfers/actions.js'
import { readDecision } from '../../transfers/form.js'
import {
  countryName,
  countryOf,
  countryState,
  countryStates,
  decisionsAbout,
  isEea,
  regionOf,
  type CountryState,
} from '../../transfers/rules.js'
import { answer, queried } from '../../web/answer.js'
import { contextOf, redirectWith, renderPage } from '../../web/page.js'
import {
  countryChoices,
  countryFacts,
  countryList,
  countryNeeds,
  countryStateInWords,
  engagementsThere,
} from '../page/countries.js'
import { deadBasisRows, decisionCard } from '../page/decisions.js'
import { countriesOfTransfers, engagementsIn } from '../records/transfers.js'
import { parameter, showForm, type FormPage } from './ports.js'

const mostShown = 50

/** Staff's own page about the countries data go to; what is decided about each stands on decisions of their own. */
export function countryRoutes(router: Router): void {
  router.get('/countries', may('register:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const on = isDay(queried(req, 'on')) ? queried(req, 'on') : today
    const state = queried(req, 'state') as CountryState
    const search = {
      q: queried(req, 'q'),
      state: countryStates.includes(state) ? state : null,
      need: countryNeeds.find((each) => each === queried(req, 'need')) ?? null,
      show: queried(req, 'show') === 'all' ? ('all' as const) : ('relevant' as const),
    }
    const [law, used] = await Promise.all([lawNow(), countriesOfTransfers()])
    await renderPage(req, res, 'register/countries', {
      search,
      on,
      today,
      choices: countryChoices(locale),
      rows: countryList(law, search, new Set(used), on, locale),
      dead: deadBasisRows(law, locale),
    })
  })

  router.get('/countries/:code', may('register:read'), async (req, res) => {
    const { today, locale } = contextOf(req)
    const code = codeAsked(parameter(req, 'code'))
    const [law, there] = await Promise.all([lawNow(), engagementsIn(code)])
    const decisions = decisionsAbout(law, code).map((each) => decisionCard(each, today, locale))
    await renderPage(req, res, 'register/country', {
      code,
      name: countryName(code, locale),
      state: countryStateInWords(countryState(law, code, today), locale),
      eea: isEea(law, code, today),
      // A region goes with its state, which has the record; a state is asked for a membership only where it is in none.
      mayJoin: regionOf(code) === null && !isEea(law, code, today) && !code.startsWith('X-'),
      facts: countryFacts(law, code, today, locale),
      decisions,
      actors: checkedBy(decisions),
      there: engagementsThere(law, there.slice(0, mostShown), code, today, locale),
      count: there.length,
    })
  })

  router.get('/countries/:code/decisions/new', may('register:write'), async (req, res) => {
    await showForm(req, res, newDecisionPage(parameter(req, 'code'), req.locale))
  })

  router.post('/countries/:code/decisions', may('register:write'), async (req, res) => {
    const code = codeAsked(parameter(req, 'code'))
    await answer(
      readDecision(req.body),
      (wrong) => showForm(req, res, newDecisionPage(code, req.locale), wrong),
      async (input) => {
        await addDecision(contextOf(req), code, input)
        redirectWith(req, res, `/countries/${code}`, 'law:flash.added')
      },
    )
  })
}

/** For `nameOf`: the staff who looked the decisions up. */
export function checkedBy(decisions: readonly { checked: { by: string | null } }[]) {
  return decisions.flatMap(({ checked: { by } }) => (by === null ? [] : [{ kind: 'staff', id: by }]))
}

function codeAsked(code: string): string {
  if (!countryOf(code)) throw new NotFound()
  return code
}

function newDecisionPage(asked: string, locale: 'da' | 'en'): FormPage {
  const code = codeAsked(asked)
  return {
    view: 'register/decision-form',
    values: {
      decision: null,
      fields: {},
      name: countryName(code, locale),
      back: `/countries/${code}`,
      action: `/countries/${code}/decisions`,
    },
  }
}

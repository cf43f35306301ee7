import cookieParser from 'cookie-parser'
import ejs from 'ejs'
import express, { type Express } from 'express'
import type { Config } from './base/config.js'
import type { Clock } from './base/context.js'
import type { Log } from './base/log.js'
import { annexBPanel, annexBRoutes, listAnnexBPanel } from './annex-b/routes.js'
import { auditLogRoutes } from './audit-log/routes.js'
import { declarationsToAnswerWith } from './audits/actions/declarations.js'
import { auditFound } from './audits/actions/findings.js'
import { auditsRoutes } from './audits/routes.js'
import { recognise } from './auth/actions/sessions.js'
import { keysFrom } from './auth/keys.js'
import { makeLimits } from './auth/limits.js'
import type { House } from './auth/request.js'
import { authRoutes } from './auth/routes.js'
import { exampleToCustomer } from './customer-page/actions/example.js'
import { vendorBreachesPanel } from './breaches/panel.js'
import { breachRoutes } from './breaches/routes.js'
import { customerPageRoutes } from './customer-page/routes.js'
import { textsToCustomers } from './customer-page/rules/wording.js'
import { customersRoutes } from './customers/routes.js'
import { customerDeparturesPanel, engagementDeparturesPanel } from './departures/panel.js'
import { departuresRoutes } from './departures/routes.js'
import { caseBook } from './dashboard/actions/cases.js'
import { dashboardRoutes } from './dashboard/routes.js'
import { customerEvidencePanel, customerRecordPanel, partEvidencePanel } from './exports/panel.js'
import { evidenceRoutes } from './exports/routes.js'
import { recordRoutes } from './exports/routes/record.js'
import { areaPackRoutes } from './exports/routes/area-packs.js'
import { wholeDataRoutes } from './exports/routes/whole-data.js'
import { exportRoutes, importsRoutes } from './imports/routes.js'
import { readSheets } from './imports/reading/read.js'
import { engagementFindingsPanel, vendorFindingsPanel } from './findings/panel.js'
import { findingsRoutes } from './findings/routes.js'
import { listsRoutes } from './lists/routes.js'
import { mailRoutes } from './mail/routes.js'
import { textsRoutes } from './mail/routes/texts.js'
import { mapRoutes } from './transfers/routes/map.js'
import { instructedFor, latestToSend, leftOutOf } from './notices/actions.js'
import { toldOf, customerToldOn } from './notices/actions.js'
import {
  customerNoticesPanel,
  customerToldPanel,
  engagementChangesPanel,
  engagementNoticesPanel,
  engagementToldPanel,
  noticesRoutes,
} from './notices/routes.js'
import { objectionsByRecipient, recipientObjectionsPanel } from './objections/panel.js'
import { objectionsRoutes } from './objections/routes.js'
import { questionnaireFound } from './questionnaires/actions/finding-source.js'
import { engagementQuestionnairesPanel, vendorQuestionnairesPanel } from './questionnaires/panel.js'
import { questionSetsRoutes } from './question-sets/routes.js'
import { countOfSet } from './questionnaires/records/lists.js'
import { questionnairesRoutes } from './questionnaires/routes.js'
import { customerInstructionsPanel, engagementInstructionsPanel } from './instructions/panel.js'
import { instructionsRoutes } from './instructions/routes.js'
import { customerRequestsPanel } from './requests/panel.js'
import { requestsRoutes } from './requests/routes.js'
import { customerRepliesPanel, noticeRepliesPanel, recipientRepliesPanel } from './replies/panel.js'
import { engagementPublished, publishedByThen } from './public-list/panel.js'
import { publicPagesRoutes } from './public-list/routes/public.js'
import { publicListRoutes } from './public-list/routes/settings.js'
import { repliesRoutes } from './replies/routes.js'
import { acceptListAsSigned, allServices } from './register/actions.js'
import { listMapRoutes } from './register/routes/list-maps.js'
import { customerListPanel, registerRoutes } from './register/routes.js'
import { sampleRoutes } from './sample/routes.js'
import { sampleVisitPanel } from './sample/visit.js'
import {
  centresInStatements,
  engagementStatementsPanel,
  ruleFound,
  statementFound,
  vendorStatementsPanel,
} from './statements/panel.js'
import { statementRoutes } from './statements/routes.js'
import { engagementUpstreamPanel, gapWarning, noticeUpstreamPanel } from './upstream/panel.js'
import { engagementUnpermittedPanel } from './unpermitted-use/panel.js'
import { unpermittedUseRoutes } from './unpermitted-use/routes.js'
import { engagementSupervisionPanel, vendorSupervisionPanel } from './supervision/panel.js'
import { campaignCandidates } from './supervision/actions.js'
import { customerFoldersPanel } from './supervision-folder/panel.js'
import { supervisionFolderRoutes } from './supervision-folder/routes.js'
import { supervisionRoutes } from './supervision/routes.js'
import { upstreamRoutes } from './upstream/routes.js'
import { assets } from './web/assets.js'
import { checkToken } from './web/csrf.js'
import { notFound, showError } from './web/errors.js'
import { headers, keepNowhere } from './web/headers.js'
import { chooseLanguage } from './web/language.js'
import { webRoutes } from './web/routes.js'

export type AppParts = { config: Config; clock: Clock; log: Log; secret: string }

/** What requests, timers and the mail sender all need, made of what is handed over by hand. */
export function buildHouse({ config, clock, log, secret }: AppParts): House {
  const house = { config, clock, log, keys: keysFrom(secret) }
  return { ...house, limits: makeLimits(house) }
}

/** The web side of Tilsyn. The database is connected by whoever calls. */
export function buildApp(house: House): Express {
  const { zone } = house.config
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', house.config.trustProxy)
  app.set('query parser', 'simple')
  app.set('views', new URL('../views', import.meta.url).pathname)
  app.set('view engine', 'ejs')
  app.engine('ejs', ejs.renderFile as never)
  app.enable('view cache')

  app.use((req, _res, next) => {
    req.house = house
    req.locale = 'da'
    next()
  })
  app.use(headers(house.config))
  app.use('/assets', assets)
  app.use(keepNowhere)
  // Before any cookie is read: these pages know no session.
  app.use(publicPagesRoutes)
  app.use(cookieParser(house.keys.cookies))
  app.use(recognise)
  app.use(chooseLanguage)
  app.use(express.urlencoded({ extended: true, limit: '1mb', parameterLimit: 5000 }))
  app.use((req, _res, next) => {
    // Nothing sent, or a multipart form that `upload` will read.
    req.body ??= {}
    next()
  })
  app.use(checkToken)

  app.use(webRoutes)
  app.use(mapRoutes)
  app.use(authRoutes)
  app.use(listsRoutes)
  app.use(exportRoutes)
  app.use(listMapRoutes)
  app.use(
    customersRoutes({
      services: allServices,
      acceptBaseline: acceptListAsSigned,
      panels: [
        customerListPanel(instructedFor),
        annexBPanel,
        customerNoticesPanel,
        customerRepliesPanel(zone),
        customerToldPanel,
        customerRequestsPanel,
        customerInstructionsPanel,
        customerDeparturesPanel,
        customerFoldersPanel,
        customerRecordPanel,
        customerEvidencePanel,
      ],
    }),
  )
  app.use(
    registerRoutes({
      latestToSend,
      instructedFor,
      leftOutOf,
      panels: [
        engagementChangesPanel,
        engagementNoticesPanel,
        engagementUpstreamPanel,
        engagementUnpermittedPanel,
        engagementSupervisionPanel,
        engagementQuestionnairesPanel,
        engagementStatementsPanel,
        engagementFindingsPanel,
        engagementDeparturesPanel,
        engagementToldPanel,
        engagementInstructionsPanel,
      ],
      vendorPanels: [
        vendorSupervisionPanel,
        vendorQuestionnairesPanel,
        vendorStatementsPanel,
        vendorFindingsPanel,
        vendorBreachesPanel,
      ],
      gap: gapWarning,
      centres: centresInStatements,
      told: toldOf,
      toldOn: customerToldOn,
      listPanels: [listAnnexBPanel],
    }),
  )
  app.use(annexBRoutes)
  app.use(
    noticesRoutes({
      panels: [recipientObjectionsPanel, recipientRepliesPanel(zone), partEvidencePanel, sampleVisitPanel],
      objections: objectionsByRecipient,
      noticePanels: [noticeRepliesPanel, noticeUpstreamPanel],
      published: engagementPublished,
      publishedOn: publishedByThen,
    }),
  )
  app.use(objectionsRoutes)
  app.use(upstreamRoutes)
  app.use(unpermittedUseRoutes)
  app.use(repliesRoutes(caseBook))
  app.use(statementRoutes)
  app.use(supervisionRoutes)
  app.use(questionSetsRoutes({ usesOf: countOfSet, readSheets }))
  app.use(questionnairesRoutes({ readSheets, campaignCandidates }))
  app.use(
    findingsRoutes({
      sources: {
        questionnaire: questionnaireFound,
        statement: statementFound,
        rule: ruleFound,
        audit: auditFound,
      },
    }),
  )
  app.use(auditsRoutes())
  app.use(breachRoutes)
  app.use(departuresRoutes)
  app.use(supervisionFolderRoutes)
  app.use(instructionsRoutes)
  app.use(requestsRoutes({ signedDeclarations: declarationsToAnswerWith }))
  app.use(auditLogRoutes)
  app.use(mailRoutes)
  app.use(textsRoutes({ texts: textsToCustomers, example: exampleToCustomer }))
  app.use(customerPageRoutes)
  app.use(dashboardRoutes)
  app.use(importsRoutes)
  app.use(sampleRoutes)
  app.use(evidenceRoutes)
  app.use(publicListRoutes)
  app.use(recordRoutes)
  app.use(wholeDataRoutes)
  app.use(areaPackRoutes)

  app.use(notFound)
  app.use(showError)
  return app
}

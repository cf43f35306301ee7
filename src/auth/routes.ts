import { Router } from 'express'
import { accountRoutes } from './routes/account.js'
import { linkRoutes } from './routes/links.js'
import { peopleRoutes } from './routes/people.js'
import { setUpRoutes } from './routes/set-up.js'
import { secondFactorRoutes } from './routes/second-factor.js'
import { secondStepRoutes } from './routes/second-step.js'
import { settingsRoutes } from './routes/settings.js'
import { signInRoutes } from './routes/sign-in.js'

export const authRoutes: Router = Router()
authRoutes.use(signInRoutes, secondStepRoutes, setUpRoutes, accountRoutes, secondFactorRoutes)
authRoutes.use(peopleRoutes, settingsRoutes, linkRoutes)

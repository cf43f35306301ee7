import { expect } from 'chai'
import { ConfigProblems, readConfig } from '../../src/base/config.js'

const problemsOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems.map(({ setting }) => setting)
    throw error
  }
  return []
}

describe('settings', () => {
  it('are all optional for a trial', () => {
    const config = readConfig({})
    expect(config).to.include({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://127.0.0.1:3000',
      zone: 'Europe/Copenhagen',
    })
    expect(config.mongodbUri).to.equal(undefined)
    expect(config.smtpUrl).to.equal(undefined)
  })

  it('that are wrong are all named at once', () => {
    const wrong = {
      PORT: '99999',
      BASE_URL: 'tilsyn.dk',
      MONGODB_URI: 'mysql://x',
      SMTP_URL: 'mail.example',
      MAIL_FROM: 'nobody',
      MAIL_RATE: '-1',
      TZ_BUSINESS: 'Denmark/Nowhere',
      SESSION_SECRET: 'short',
      LOG_LEVEL: 'loud',
    }
    expect(problemsOf(wrong)).to.have.members(Object.keys(wrong))
  })

  it('need a session secret with an own database, so that several processes share it', () => {
    expect(problemsOf({ MONGODB_URI: 'mongodb://a,b/tilsyn' })).to.deep.equal(['SESSION_SECRET'])
    expect(problemsOf({ MONGODB_URI: 'mongodb://a,b/tilsyn', SESSION_SECRET: 'x'.repeat(32) })).to.deep.equal(
      [],
    )
  })

  it('need a sender’s address once mail leaves the house', () => {
    expect(problemsOf({ SMTP_URL: 'smtp://localhost' })).to.deep.equal(['MAIL_FROM'])
    expect(
      problemsOf({ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'PowerNet <dpo@example.dk>' }),
    ).to.deep.equal([])
  })

  it('say nothing of a secret in their message', () => {
    expect(() => readConfig({ SESSION_SECRET: 'hunter2', PORT: 'x' }))
      .to.throw(ConfigProblems)
      .with.property('message')
      .that.does.not.contain('hunter2')
  })
})

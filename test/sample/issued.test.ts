import { expect } from 'chai'
import mongoose from 'mongoose'
import { addCustomer } from '../../src/customers/actions.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { draftNotice, issueNotice } from '../../src/notices/actions.js'
import type { Notice } from '../../src/notices/rules.js'
import { plannedEngagements } from '../../src/register/actions.js'
import { loadSample, removeSample, sampleRemoval } from '../../src/sample/actions.js'
import { useApp } from '../support/app.js'
import { organise } from '../support/people.js'

const lasting = /^(log-|timer-run|organisation|mail-letterhead|person|session|decision)/

/** What is left apart from the log and the house itself. */
async function left(): Promise<Record<string, number>> {
  const kinds = Object.values(mongoose.models).filter(({ modelName }) => !lasting.test(modelName))
  const rows = await Promise.all(
    kinds.map(async (each): Promise<[string, number]> => [each.modelName, await each.countDocuments()]),
  )
  return Object.fromEntries(rows.filter(([, count]) => count > 0))
}

describe('a notice about the sample’s planned sub-processor', () => {
  const tilsyn = useApp()

  beforeEach(async () => {
    await organise(tilsyn)
    await loadSample(tilsyn.context())
  })

  async function issued() {
    const context = tilsyn.context()
    const planned = await plannedEngagements(context.today)
    const backup = planned.find(({ vendorName }) => vendorName.startsWith('Fjordbackup'))
    const draft = await draftNotice(context, {
      lines: [{ kind: 'addition', engagement: backup?.reference ?? '', replaces: null }],
      why: { da: 'Bedre backup.', en: 'Better backup.' },
      safeguards: { da: '', en: '' },
      plannedStart: '2027-06-01',
      goLive: 'staged',
      togetherBecause: null,
    })
    return issueNotice(context, { reference: draft.reference, version: draft.version }, [])
  }

  it('can be issued as it stands: nothing blocks it', async () => {
    const notice = await issued()
    expect(notice).to.include({ state: 'issued', sample: true })
  })

  it('goes with the sample, with its mails, papers and files', async () => {
    await issued()
    expect(await left()).to.include.keys('notice', 'recipient', 'mail', 'file')
    const { removed } = await sampleRemoval()
    expect(removed).to.include({ notice: 1 })
    await removeSample(tilsyn.context())
    expect(await left()).to.deep.equal({})
    expect(await mongoose.connection.collection('filecontents.files').countDocuments()).to.equal(0)
  })

  it('stays with its paper where it reached a customer of one’s own, who keeps its part', async () => {
    const own = await addCustomer(tilsyn.context(), {
      name: 'Egen kunde',
      isProcessor: false,
      agreement: ordinaryAgreement,
      from: '2026-01-01',
      services: [],
      contacts: [
        {
          name: 'Eva Egen',
          email: 'eva@egen.example',
          locale: 'da',
          dataProtection: true,
          mayApprove: false,
        },
      ],
    })
    const notice = await issued()
    const { kept } = await sampleRemoval()
    expect(kept.map(({ kind }) => kind)).to.include.members(['notice', 'engagement', 'vendor', 'service'])
    await removeSample(tilsyn.context())
    expect(await left()).to.include({
      customer: 1,
      recipient: 1,
      notice: 1,
      engagement: 1,
      vendor: 1,
      service: 2,
    })
    const stays = await mongoose.model<Notice>('notice').findById(notice._id).lean()
    expect(stays?.sample).to.equal(false)
    const [recipient] = await mongoose.model<{ customer: string }>('recipient').find().lean()
    expect(recipient?.customer).to.equal(own._id)
    expect(await mongoose.connection.collection('filecontents.files').countDocuments()).to.be.greaterThan(0)
  })
})

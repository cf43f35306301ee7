/** The same over the database: real actions, real timers, a real mail server, and the log that must explain what came of it. */
import { addDays } from '../../../src/base/day.js'
import { Refused } from '../../../src/base/errors.js'
import {
  addCustomers,
  changeContact,
  customerByReference,
  endService,
  type NewCustomer,
} from '../../../src/customers/actions.js'
import { ordinaryAgreement } from '../../../src/customers/rules.js'
import { mailsAbout } from '../../../src/mail/actions.js'
import { type Sender } from '../../../src/mail/sender.js'
import {
  confirmUse,
  registerApproval,
  registerDelivery,
  withdrawNotice,
} from '../../../src/notices/actions.js'
import { followCustomers } from '../../../src/notices/actions/running.js'
import { followUpMails, settleFinished } from '../../../src/notices/timers.js'
import {
  assessObjection,
  objectionsOfRecipients,
  raiseObjection,
  settleObjection,
} from '../../../src/objections/actions.js'
import { isClosed, outcomes } from '../../../src/objections/rules.js'
import { finishObjections, permitDueChanges } from '../../../src/objections/timers.js'
import { readReply, repliesOfRecipients, takeMail } from '../../../src/replies/actions.js'
import { finishReplies } from '../../../src/replies/timers.js'
import { message } from '../../replies/messages.js'
import { second, type Told } from '../../replies/world.js'
import { type Tilsyn } from '../../support/app.js'
import { type Mailbox } from '../../support/mailbox.js'
import type { HouseHappening } from './events.js'

export type Scene = { tilsyn: Tilsyn; mailbox: Mailbox; told: Told; sender: Sender }

async function work({ tilsyn, sender }: Scene): Promise<void> {
  const context = tilsyn.context()
  await sender.sendDue()
  for (const timer of [
    followUpMails,
    finishReplies,
    finishObjections,
    permitDueChanges,
    followCustomers,
    settleFinished,
  ])
    await timer(context)
}

/** Tried as it comes; what the house refuses has not happened. */
export async function happenInHouse(scene: Scene, happening: HouseHappening, count: number): Promise<void> {
  try {
    await doing(scene, happening, count)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
  await work(scene)
}

const joiner: Omit<NewCustomer, 'from' | 'services'> = {
  name: 'Ny Kunde ApS',
  isProcessor: false,
  contacts: [
    { name: 'Ny Kontakt', email: 'it@ny.example', locale: 'da', dataProtection: true, mayApprove: true },
  ],
  agreement: ordinaryAgreement,
}

const hostingOf = ({ customer }: Told): string => customer.services[0]!.service

const paper = { name: 'brev.txt', bytes: Buffer.from('Vi har modtaget varslet.') }

async function doing(scene: Scene, happening: HouseHappening, count: number): Promise<void> {
  const { tilsyn, mailbox, told } = scene
  const officer = tilsyn.context({ kind: 'staff', id: 'officer' })
  if (happening.on === 'day') return tilsyn.moveTo(addDays(tilsyn.today(), happening.days))
  const { on, pick } = happening
  const by = { name: 'Åse Ørsted', title: 'Direktør' }
  switch (on) {
    case 'reply':
      return mailComes(scene, 'question', count)
    case 'return':
      return mailComes(scene, 'postfix-dsn', count)
    case 'read': {
      const waiting = (await repliesOfRecipients([told.recipient])).find(({ state }) => state === 'waiting')
      const as = waiting?.kind === 'message' && pick % 2 === 0 ? 'objection' : 'other'
      if (waiting)
        await readReply(officer, waiting.reference, {
          as,
          note: 'Læst',
          answer: null,
          reason: null,
          name: null,
          title: null,
        })
      return
    }
    case 'object':
      await raiseObjection(officer, told.recipient, {
        by: { kind: 'staff', id: 'officer', name: by.name },
        channel: 'phone',
        receivedAt: officer.now,
        receivedOn: officer.today,
        reasons: 'Nej tak',
        files: [],
      })
      return
    case 'settle': {
      const open = (await objectionsOfRecipients([told.recipient])).find((each) => !isClosed(each))
      if (!open) return
      await assessObjection(officer, open.reference, {
        owner: 'officer',
        answerBy: officer.today,
        assessment: 'Set på',
      })
      const outcome = outcomes[pick % outcomes.length]!
      const endsOn = outcome === 'agreement-ended' ? addDays(officer.today, 5) : null
      await settleObjection(officer, open.reference, { outcome, note: 'Aftalt', endsOn, files: [paper] })
      return
    }
    case 'answer': {
      const answer = pick % 3 === 0 ? 'refused' : 'approved'
      const said = { lines: [], channel: 'letter' as const, at: officer.now, on: officer.today, by }
      await registerApproval(officer, told.recipient, { ...said, answer, waivesRest: pick % 2 === 0 }, paper)
      return
    }
    case 'letter':
      await registerDelivery(officer, told.recipient, { channel: 'letter', at: officer.now }, paper)
      return
    case 'use':
      await confirmUse(
        officer,
        told.notice.reference,
        told.notice.lines[0]!.id,
        addDays(officer.today, -(pick % 5)),
      )
      return
    case 'withdraw':
      // Seldom: it ends everything.
      if (pick < 5) await withdrawNotice(officer, told.notice.reference, { da: 'Opgivet', en: 'Given up' })
      return
    case 'refuse':
      mailbox.refuse(second, 550)
      return
    case 'join':
      await addCustomers(officer, [{ ...joiner, from: officer.today, services: [hostingOf(told)] }])
      return
    default:
      return customerChanges(scene, on, count)
  }
}

async function customerChanges(
  { tilsyn, told }: Scene,
  on: 'stop' | 'contact',
  count: number,
): Promise<void> {
  const context = tilsyn.context({ kind: 'staff', id: 'officer' })
  const { reference, version, contacts, services } = await customerByReference(told.customer.reference)
  const first = contacts.find(({ to }) => to === null)!
  if (on === 'stop') {
    const from = services[0]!.from
    await endService(context, { reference, version }, { service: hostingOf(told), from, to: context.today })
    return
  }
  const { name, email, locale, dataProtection, mayApprove } = first
  const moves = count % 2 === 0 ? { email: `ny-${count}@bakkeby.example` } : { phone: '+45 70 00 00 00' }
  const contact = { name, email, locale, dataProtection, mayApprove, ...moves }
  await changeContact(context, { reference, version }, first.id, { contact, from: context.today })
}

/** As it would come in by the mailbox: about, or in answer to, the newest announcement. */
async function mailComes({ tilsyn, told }: Scene, name: string, count: number): Promise<void> {
  const mails = await mailsAbout('recipient', [told.recipient])
  const mail = mails.findLast(({ kind, state }) => kind === 'notice-announcement' && state === 'accepted')
  if (!mail) return
  const raw = message(name, { mail: mail._id, from: mail.to.address }).toString('latin1')
  const own = raw.replace('Hvor ligger', `Nr. ${count}: Hvor ligger`)
  const arrivedAt = tilsyn.now()
  await takeMail(tilsyn.context(), Buffer.from(own, 'latin1'), {
    via: 'pipe',
    key: tilsyn.house.keys.replies,
    arrivedAt,
  })
}

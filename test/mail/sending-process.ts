// Another process that sends, for tests that kill it: node --import tsx sending-process.ts <database> <mail server>
import mongoose from 'mongoose'
import { senderTo } from './messages.js'

const [database = '', server = ''] = process.argv.slice(2)
await mongoose.connect(database, { autoIndex: false, autoCreate: false })
process.stdout.write('sending\n')
const { sender, transport } = senderTo(server)
await sender.sendDue()
transport?.close()
await mongoose.disconnect()

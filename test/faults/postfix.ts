import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const daemons = '/usr/lib/postfix/sbin'

/** Why no Postfix can be started here; null where it can. It changes its user itself, so only root may. */
export const noPostfix: string | null = !existsSync('/usr/sbin/postfix')
  ? 'Postfix is not installed (apt-get install postfix)'
  : process.getuid?.() !== 0
    ? 'Postfix needs to be started by root'
    : null

export type Postfix = { url: string; log: () => Promise<string>; stop: () => Promise<void> }

/**
 * A real Postfix in a folder of its own, on a free port of this machine, heard by nobody else. It delivers `known` addresses of
 * bakkeby.example to mailboxes, takes any other address there first and bounces it then, and hands everything for
 * processor.example to `command`, with the address it was for.
 */
export async function startPostfix(known: readonly string[], command: string): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'tilsyn-postfix-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  const at = (name: string) => join(folder, name)
  const owner = await idsOf('postfix')
  for (const name of ['conf', 'queue', 'data', 'mail']) await mkdir(at(name))
  await chown(at('data'), owner.uid, owner.gid)
  await chown(at('mail'), 65534, 65534)
  await writeFile(at('mail-in.sh'), `#!/bin/sh\n${command}\n`, { mode: 0o755 })
  await writeFile(at('conf/main.cf'), mainOf(folder, known))
  await writeFile(at('conf/master.cf'), masterOf(port, at('mail-in.sh')))
  const postfix = (word: string) => run('/usr/sbin/postfix', ['-c', at('conf'), word])
  const begun = await postfix('start')
  const log = () => readFile(at('maillog'), 'utf8').catch(() => '')
  if (begun.code !== 0) throw new Error(`postfix did not start: ${begun.said}\n${await log()}`)
  return {
    url: `smtp://127.0.0.1:${port}`,
    log,
    stop: async () => {
      await postfix('stop')
      await sleep(300)
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    },
  }
}

function mainOf(folder: string, known: readonly string[]): string {
  const mailboxes = known.map((address) => `{ ${address} = ${address.split('@')[0]} }`).join(', ')
  return `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = ${daemons}
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/maillog
maillog_file_prefixes = ${tmpdir()}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.processor.example
mydestination =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_peername_lookup = no
biff = no
recipient_delimiter = +
relay_domains = processor.example
transport_maps = inline:{ { processor.example = tilsyn: } }
tilsyn_destination_recipient_limit = 1
virtual_mailbox_domains = bakkeby.example, aakaer.example
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = inline:{ ${mailboxes} }
virtual_minimum_uid = 1000
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
queue_run_delay = 5s
minimal_backoff_time = 5s
maximal_backoff_time = 10s
`
}

function masterOf(port: number, script: string): string {
  return `
127.0.0.1:${port} inet n - n - - smtpd
pickup    unix  n       -       n       60      1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
proxymap  unix  -       -       n       -       -       proxymap
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
virtual   unix  -       n       n       -       -       virtual
anvil     unix  -       -       n       -       1       anvil
postlog   unix-dgram n  -       n       -       1       postlogd
tilsyn    unix  -       n       n       -       2       pipe flags= user=nobody argv=${script} \${recipient}
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])])
  return { uid: Number(uid.said), gid: Number(gid.said) }
}

async function run(program: string, words: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

// Respondents in a process of their own, so that the house is measured and not they: each has the page of a section open and saves
// an answer every `pause` milliseconds. Reads { respondents, rounds, pause, base } from its parent, sends back how long each save took.
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const agent = new Agent({ keepAlive: true, maxSockets: 500 })

process.on('message', async ({ respondents, rounds, pause, base, known }) => {
  const times = []
  const wrong = []
  const left = []
  await Promise.all(
    respondents.map(async ({ cookie, link, token }, number) => {
      const seen = new Map(known[number] ?? [])
      await sleep(Math.random() * pause)
      for (let round = 0; round < rounds; round += 1) {
        const [question, key] = round % 2 === 0 ? ['S01.05', 'S01_05'] : ['S02.04', 'S02_04']
        const body = new URLSearchParams({
          _csrf: token,
          [key]: `Svar nummer ${round}, skrevet lidt ad gangen.`,
          [`${key}__comment`]: '',
          [`${key}__seen`]: String(seen.get(key) ?? 0),
        }).toString()
        const began = performance.now()
        const { status, text } = await send(`${base}/v/${link}/questions/${question}`, cookie, body)
        times.push(performance.now() - began)
        if (status === 200) seen.set(key, JSON.parse(text).version)
        else {
          wrong.push(status)
          // As after the page was opened anew.
          if (status === 409) seen.set(key, JSON.parse(text).conflict?.version ?? 0)
        }
        if (pause > 0) await sleep(pause * (0.5 + Math.random()))
      }
      left[number] = [...seen]
    }),
  )
  process.send({ times, wrong, left })
  agent.destroy()
  process.disconnect()
})

function send(url, cookie, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece) => (text += piece))
      answer.on('end', () => resolve({ status: answer.statusCode, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

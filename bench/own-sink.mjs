// Takes mails and throws them away, as smtp-sink does. Plain JavaScript: it runs without a loader.
import { createServer } from 'node:net'

createServer((socket) => {
  let rest = ''
  let inData = false
  socket.on('error', () => undefined)
  socket.write('220 sink\r\n')
  socket.setEncoding('latin1').on('data', (chunk) => {
    rest += chunk
    for (;;) {
      if (inData) {
        const end = rest.indexOf('\r\n.\r\n')
        if (end < 0) {
          rest = rest.slice(-4)
          return
        }
        rest = rest.slice(end + 5)
        inData = false
        socket.write('250 2.0.0 Ok\r\n')
        continue
      }
      const end = rest.indexOf('\r\n')
      if (end < 0) return
      const verb = rest.slice(0, 4).toUpperCase()
      rest = rest.slice(end + 2)
      inData = verb === 'DATA'
      socket.write(
        {
          EHLO: '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n',
          DATA: '354 go on\r\n',
          QUIT: '221 bye\r\n',
        }[verb] ?? '250 Ok\r\n',
      )
    }
  })
}).listen(Number(process.argv[2]), '127.0.0.1')

import { createServer, type Socket } from 'node:net'

export type ReceivedMail = { from: string; to: string[]; source: string }

export type SmtpStub = {
  url: string
  received: ReceivedMail[]
  /** The answer to the next messages, after their last line; `250` by default. */
  answerWith(answer: string): void
  stop(): Promise<void>
}

/** A mail server over plain TCP that takes, defers or refuses as it is told. */
export async function startSmtpStub(): Promise<SmtpStub> {
  const received: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  let answer = '250 2.0.0 taken'

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket, (mail) => {
      if (answer.startsWith('250')) received.push(mail)
      return answer
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    answerWith: (next) => {
      answer = next
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function talk(socket: Socket, take: (mail: ReceivedMail) => string): void {
  const reply = (line: string) => socket.write(`${line}\r\n`)
  let mail: ReceivedMail = { from: '', to: [], source: '' }
  let inData = false
  let rest = ''

  const onLine = (line: string): void => {
    if (inData) {
      if (line !== '.') {
        mail.source += `${line}\r\n`
        return
      }
      inData = false
      reply(take(mail))
      mail = { from: '', to: [], source: '' }
      return
    }
    reply(onCommand(line))
  }
  const onCommand = (line: string): string => {
    const [verb = ''] = line.toUpperCase().split(/[ :]/)
    if (verb === 'MAIL') mail.from = line
    if (verb === 'RCPT') mail.to.push(line)
    if (verb === 'DATA') inData = true
    return verb === 'DATA' ? '354 go on' : '250 stub'
  }

  reply('220 stub')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
}

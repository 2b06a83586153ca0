import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'

/** Addresses and numbers that nothing can be sent to. */
export const REFUSED = { mail: 'refused-', number: '+4915200' } as const
export const DEFERRED = { mail: 'deferred-', number: '+4915700' } as const

export type Providers = {
  smtpUrl: string
  twilioUrl: string
  /** How many messages were refused or deferred so far. */
  failures(): number
  stop(): Promise<void>
}

type Options = { inboxSmtpUrl: string; onMessage: (text: string) => void }

/**
 * Mail and text providers that hand on to the inbox, and that repeat the whole message where they refuse one: who logs
 * or stores what a provider says writes down the code that is in it.
 */
export async function startTalkativeProviders({ inboxSmtpUrl, onMessage }: Options): Promise<Providers> {
  const { hostname: host, port } = new URL(inboxSmtpUrl)
  const inbox = createTransport({ host, port: Number(port), ignoreTLS: true })
  let failures = 0
  const fail = (answer: string) => {
    failures += 1
    return answer
  }

  const takeMail: TakeMail = async (to, source) => {
    const text = source.replace(/=\r\n/g, '').replaceAll('=3D', '=')
    onMessage(text)
    const said = text.replace(/\s+/g, ' ')
    if (to.startsWith(REFUSED.mail)) return fail(`550 5.7.1 refused: ${said}`)
    if (to.startsWith(DEFERRED.mail)) return fail(`451 4.7.1 not now: ${said}`)
    await inbox.sendMail({ envelope: { from: 'graph@acme.test', to }, raw: source })
    return '250 taken'
  }
  const takeText: TakeText = async (to, text) => {
    onMessage(text)
    if (to.startsWith(REFUSED.number)) return { status: 400, body: { code: 21211, message: fail(text) } }
    if (to.startsWith(DEFERRED.number)) return { status: 503, body: { code: 20503, message: fail(text) } }
    await inbox.sendMail({ from: 'graph@acme.test', to: `${to}@sms.invalid`, subject: `SMS to ${to}`, text })
    return { status: 201, body: { sid: 'SM1' } }
  }

  const sockets = new Set<Socket>()
  const smtp = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()))
    talkSmtp(socket, takeMail)
  })
  const http = createTwilio(takeText)
  return {
    smtpUrl: `smtp://127.0.0.1:${await listen(smtp)}`,
    twilioUrl: `http://127.0.0.1:${await listen(http)}`,
    failures: () => failures,
    async stop() {
      for (const socket of sockets) socket.destroy()
      http.closeAllConnections()
      inbox.close()
      await Promise.all([smtp, http].map((server) => new Promise((closed) => server.close(closed))))
    },
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((ready) => {
    // It listens on a port, so its address is one.
    server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
  })

type TakeMail = (to: string, source: string) => Promise<string>

function talkSmtp(socket: Socket, take: TakeMail): void {
  let to = ''
  let source: string[] | null = null
  let rest = ''

  const answerTo = async (line: string): Promise<string | null> => {
    if (source) {
      if (line !== '.') {
        source.push(line.replace(/^\.\./, '.'))
        return null
      }
      const whole = source.join('\r\n')
      source = null
      return take(to, whole)
    }
    if (/^RCPT/i.test(line)) to = /<([^>]*)>/.exec(line)?.[1] ?? ''
    if (!/^DATA/i.test(line)) return '250 go on'
    source = []
    return '354 go on'
  }
  let turn = Promise.resolve()
  socket.write('220 here\r\n')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      turn = turn.then(async () => {
        const answer = await answerTo(line)
        if (answer) socket.write(`${answer}\r\n`)
      })
    }
  })
}

type TakeText = (to: string, text: string) => Promise<{ status: number; body: object }>

const createTwilio = (take: TakeText) =>
  createHttpServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
    const { status, body } = await take(fields.get('To') ?? '', fields.get('Body') ?? '')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })

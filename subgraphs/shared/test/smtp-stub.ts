import { createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { SelfSigned } from './self-signed.js'

export type ReceivedMail = { from: string; to: string[]; source: string }

/** The steps of a conversation, in their order; `END` is the dot after the last line of a message. */
type Step = 'CONNECT' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'BODY' | 'END' | 'OTHER'

/** What is said at a step, if anything. After `421` it hangs up, as a server does that goes away. */
export type Script = Partial<Record<Step, string | typeof SILENCE | typeof HANG_UP>>

export const SILENCE = Symbol('silence')
export const HANG_UP = Symbol('hanging up')

export type SmtpStub = {
  url: string
  port: number
  /** What it took and said so. */
  received: ReceivedMail[]
  /** What came to its last line, whatever was said then. */
  offered: ReceivedMail[]
  /** Every line that came, of all conversations. */
  heard: string[]
  /** What the next conversations are like, and the rest of those under way; all goes well by default. */
  follow(script: Script): void
  /** The answer to the next messages, after their last line; `250` by default. */
  answerWith(answer: string): void
  hangUp(): void
  /** Refuses connections until it is back, at the same port. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  stop(): Promise<void>
}

/** A mail server of ours that takes, defers, refuses, is silent or hangs up as it is told. With a certificate it offers STARTTLS. */
export async function startSmtpStub(certificate?: SelfSigned): Promise<SmtpStub> {
  const received: ReceivedMail[] = []
  const offered: ReceivedMail[] = []
  const heard: string[] = []
  const sockets = new Set<Socket>()
  let script: Script = {}
  let port = 0

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    converse(socket, { script: () => script, received, offered, heard, certificate })
  })
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  const goAway = () =>
    new Promise<void>((closed) => {
      hangUp()
      server.close(() => closed())
    })
  const comeBack = () => new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  await comeBack()
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0

  return {
    ...{ url: `smtp://127.0.0.1:${port}`, port, received, offered, heard },
    ...{ hangUp, goAway, comeBack, stop: goAway },
    follow: (next) => {
      script = next
    },
    answerWith: (answer) => {
      script = { END: answer }
    },
  }
}

type Conversation = Pick<SmtpStub, 'received' | 'offered' | 'heard'> & {
  script: () => Script
  certificate: SelfSigned | undefined
}

const OFFERS_TLS = '250-stub\r\n250 STARTTLS'

const GOES_WELL: Record<Step, string> = {
  CONNECT: '220 stub',
  EHLO: '250 stub',
  STARTTLS: '220 go on',
  AUTH: '235 welcome',
  MAIL: '250 stub',
  RCPT: '250 stub',
  DATA: '354 go on',
  BODY: '',
  END: '250 2.0.0 taken',
  OTHER: '250 stub',
}

const noMail = (): ReceivedMail => ({ from: '', to: [], source: '' })

function converse(socket: Socket, given: Conversation): void {
  const { script, received, offered, heard, certificate } = given
  let mail = noMail()
  let inData = false

  /** Whether it went well. */
  const answer = (step: Step): boolean => {
    const said = script()[step] ?? (step === 'EHLO' && certificate ? OFFERS_TLS : GOES_WELL[step])
    if (said === HANG_UP) socket.destroy()
    if (typeof said !== 'string') return false
    socket.write(`${said}\r\n`)
    if (said.startsWith('421')) socket.end()
    return /^[23]/.test(said)
  }
  const onBody = (line: string): void => {
    if (line !== '.') {
      // A line that begins with a dot came with one more (RFC 5321, section 4.5.2).
      mail.source += `${line.replace(/^\./, '')}\r\n`
      if (script().BODY) answer('BODY')
      return
    }
    inData = false
    offered.push(mail)
    if (answer('END')) received.push(mail)
    mail = noMail()
  }
  const onCommand = (line: string): void => {
    const step = stepOf(line)
    if (step === 'MAIL') mail = { ...noMail(), from: line }
    if (step === 'RCPT') mail.to.push(line)
    const wentWell = answer(step)
    if (step === 'DATA') inData = wentWell
    if (step === 'STARTTLS' && wentWell) secure(socket, given)
  }

  answer('CONNECT')
  readLines(socket, (line) => {
    heard.push(line)
    return inData ? onBody(line) : onCommand(line)
  })
}

const stepOf = (line: string): Step => {
  const [verb = ''] = line.toUpperCase().split(/[ :]/)
  return Object.hasOwn(GOES_WELL, verb) ? (verb as Step) : 'OTHER' // it has just been looked for
}

function readLines(socket: Socket, onLine: (line: string) => void): void {
  let rest = ''
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (!socket.destroyed) onLine(line)
  })
}

/** What is said from here on is heard as well: whoever goes on has trusted a certificate that nobody should. */
function secure(socket: Socket, given: Conversation): void {
  socket.removeAllListeners('data')
  const secured = new TLSSocket(socket, { isServer: true, ...given.certificate })
  secured.on('error', () => secured.destroy())
  readLines(secured, (line) => given.heard.push(line))
}

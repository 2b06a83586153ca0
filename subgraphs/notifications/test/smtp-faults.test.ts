import { codeArrived } from '../../shared/contracts/otp-proofs.js'
import { takenAddressRegistered } from '../../shared/contracts/users.js'
import { addressProved } from '../../shared/contracts/users-proofs.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { newId } from '../../shared/ids/type-id.js'
import { eventually } from '../../shared/test/eventually.js'
import { selfSigned } from '../../shared/test/self-signed.js'
import { HANG_UP, type Script, SILENCE, type SmtpStub, startSmtpStub } from '../../shared/test/smtp-stub.js'
import { createPipelineKit, type PipelineKit } from './pipeline-kit.js'
import { gapsOf, letPass, wakeDispatcher } from './retries.js'

/** Not this very machine, as far as our settings know; and nothing but this machine, as far as its network does. */
const ELSEWHERE = '0.0.0.0'

const SWITCH_OFF =
  'mutation { updateNotificationPreferences(input: { loginAlerts: false }) { userErrors { code } } }'

const idsOf = (mails: SmtpStub['offered']) =>
  new Set(mails.map(({ source }) => /^Message-ID: (.*)\r$/m.exec(source)?.[1]))

/** A message whose first tries fail, and the gaps after them as they were planned. */
async function failingMessage(kit: PipelineKit, tries: number) {
  const userId = kit.addPerson()
  await kit.tell(takenAddressRegistered, { userId })
  const { id } = await kit.messageOf(userId, 'QUEUED')
  for (let done = 1; done < tries; done += 1) {
    await eventually(async () => (await gapsOf(kit, id)).length === done)
    await letPass(kit, id)
  }
  const gaps = await eventually(async () => {
    const planned = await gapsOf(kit, id)
    return planned.length === tries && planned
  })
  return { userId, id, gaps }
}

function expectToGrow(gaps: readonly number[]) {
  gaps.slice(1).forEach((gap, index) => {
    expect(gap).toBeGreaterThan((gaps[index] ?? 0) * 1.5)
  })
}

describe('a mail server', () => {
  let kit: PipelineKit

  beforeAll(async () => {
    kit = await createPipelineKit()
  })
  afterAll(() => kit.stop())
  beforeEach(() => {
    kit.smtp.received.length = 0
    kit.smtp.offered.length = 0
    kit.smtp.follow({})
  })

  test.each([
    ['greets with 421', { CONNECT: '421 4.3.2 too busy' }],
    ['goes away half-way', { RCPT: '421 4.3.2 shutting down' }],
    ['takes no message now', { RCPT: '451 4.7.1 greylisted' }],
    ['hangs up within the message', { BODY: HANG_UP }],
    ['hangs up after the last line', { END: HANG_UP }],
  ] as const satisfies readonly (readonly [string, Script])[])(
    '11.3: that %s is tried again after growing gaps, under one Message-ID',
    async (_, script) => {
      kit.smtp.follow(script)
      const { userId, id, gaps } = await failingMessage(kit, 3)

      kit.smtp.follow({})
      await letPass(kit, id)
      await kit.messageOf(userId, 'SENT')

      expectToGrow(gaps)
      expect(kit.smtp.received).toHaveLength(1)
      expect(idsOf(kit.smtp.offered)).toEqual(new Set([`<${id}@usergraph.test>`]))
    },
  )

  test('11.3: that is not there is tried again after growing gaps', async () => {
    await kit.smtp.goAway()
    const { userId, id, gaps } = await failingMessage(kit, 3)

    await kit.smtp.comeBack()
    await letPass(kit, id)
    await kit.messageOf(userId, 'SENT')

    expectToGrow(gaps)
    expect(kit.smtp.received).toHaveLength(1)
  })

  test('11.3: that knows no such mailbox is not asked again', async () => {
    kit.smtp.follow({ RCPT: '550 5.1.1 no such user' })
    const userId = kit.addPerson({ email: 'nobody@example.org' })
    await kit.tell(takenAddressRegistered, { userId })

    expect(await kit.messageOf(userId, 'BOUNCED')).toMatchObject({ tries: 1 })
    expect(kit.smtp.offered).toEqual([])
  })

  /** What comes of a code that was entered, or a link that was opened. */
  const proofs = {
    'a link was opened': (userId: string) =>
      kit.tell(addressProved, { userId, channel: 'EMAIL', at: new Date().toISOString() }),
    'a code was entered': (userId: string, email: string) => {
      const challengeId = newId('chl')
      const digest = addressDigest(challengeId, email)
      const arrived = { userId, channel: 'EMAIL' as const, challengeId, at: new Date().toISOString() }
      return kit.tell(codeArrived, { ...arrived, addressDigest: digest })
    },
  }

  test.each(Object.entries(proofs))(
    'nothing more goes to a mailbox that is not there, until %s',
    async (how, prove) => {
      const email = `no-mailbox-${how.replaceAll(' ', '-')}@example.org`
      const [userId, other, last] = [
        kit.addPerson({ email }),
        kit.addPerson({ email }),
        kit.addPerson({ email }),
      ]
      kit.smtp.follow({ RCPT: '550 5.1.1 no such user' })
      await kit.tell(takenAddressRegistered, { userId })
      await kit.messageOf(userId, 'BOUNCED')
      kit.smtp.follow({})

      await kit.tell(takenAddressRegistered, { userId: other })
      await kit.messageOf(other, 'SUPPRESSED')
      const before = kit.smtp.received.length
      const stops = await countStops()
      await prove(other, email)
      await eventually(async () => (await countStops()) < stops)
      await kit.tell(takenAddressRegistered, { userId: last })
      await kit.messageOf(last, 'SENT')

      expect([before, kit.smtp.received.length]).toEqual([0, 1])
    },
  )

  const countStops = async () => (await kit.owner.client`select from notifications.suppressions`).length

  const countOf = async (status: string) =>
    (await kit.owner.client`select from notifications.messages where status = ${status}`).length

  test('11.6: that is silent holds up no answer of ours, and no mail once it has hung up', async () => {
    kit.smtp.hangUp() // on what earlier conversations left open
    kit.smtp.follow({ EHLO: SILENCE })
    kit.smtp.heard.length = 0
    const people = Array.from({ length: 9 }, () => kit.addPerson())

    const answers = []
    for (const userId of people) answers.push(await kit.ask(SWITCH_OFF, userId))
    // As many as are sent at once; the ninth waits for its turn.
    await eventually(async () => kit.smtp.heard.length === 8 && (await countOf('SENDING')) === 8)
    kit.smtp.follow({})
    kit.smtp.hangUp()
    await eventually(async () => (await countOf('QUEUED')) === 8 && kit.smtp.received.length === 1)
    await kit.owner.client`update notifications.messages set next_attempt_at = now() where status = 'QUEUED'`
    await wakeDispatcher(kit)
    await eventually(async () => kit.smtp.received.length === people.length)

    expect(answers).toEqual(
      people.map(() => ({ data: { updateNotificationPreferences: { userErrors: [] } } })),
    )
  })
})

describe('a mail server elsewhere', () => {
  let kit: PipelineKit

  beforeAll(async () => {
    const smtp = await startSmtpStub(selfSigned(ELSEWHERE))
    kit = await createPipelineKit({ smtp, smtpUrl: `smtp://user:password@${ELSEWHERE}:${smtp.port}` })
  })
  afterAll(() => kit.stop())

  test.each([
    ['withdraws STARTTLS', { EHLO: '250-stub\r\n250 AUTH PLAIN', STARTTLS: '502 not here' }],
    ['has a certificate of its own making', {}],
  ] as const)('11.5: that %s hears nothing of a message, try after try', async (_, script) => {
    kit.smtp.follow(script)
    const { gaps } = await failingMessage(kit, 3)

    expectToGrow(gaps)
    expect(new Set(kit.smtp.heard.map((line) => line.split(' ')[0]))).toEqual(new Set(['EHLO', 'STARTTLS']))
  })
})

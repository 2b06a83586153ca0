import type { makeGenerateOtp } from './generate-otp.js'
import { makeSendProof } from './send-proof.js'

type GenerateOtp = ReturnType<typeof makeGenerateOtp>

const EXPIRES = new Date('2030-01-01T00:05:00Z')
const SENT = {
  challengeId: 'chl_1',
  destinationMasked: 'a•••@acme.test',
  expiresAt: EXPIRES,
  resendAfter: 60,
}

function kit(result: Awaited<ReturnType<GenerateOtp>> = { kind: 'sent', ...SENT }) {
  const asked: unknown[] = []
  const sendProof = makeSendProof(async (input, asker) => {
    asked.push([input, asker])
    return result
  })
  return { sendProof, asked }
}

test('9.4: the code is the one that anybody may have sent to the address, by nobody in particular', async () => {
  const { sendProof, asked } = kit()
  const network = '198.51.100.7'
  const asker = { userId: null, sessionId: null, network }

  const sent = await sendProof({
    channel: 'EMAIL',
    address: { kind: 'email', value: 'ada@acme.test' },
    network,
  })
  await sendProof({ channel: 'SMS', address: { kind: 'phoneNumber', value: '+4915112345678' }, network })

  expect(sent).toEqual(SENT)
  expect(asked).toEqual([
    [{ purpose: 'EMAIL_VERIFICATION', channel: 'EMAIL', identifier: { email: 'ada@acme.test' } }, asker],
    [{ purpose: 'PHONE_VERIFICATION', channel: 'SMS', identifier: { phoneNumber: '+4915112345678' } }, asker],
  ])
})

test('8.3: where none is due there is none', async () => {
  const { sendProof } = kit({ kind: 'refused', problems: [{ code: 'RATE_LIMITED' }] })

  expect(
    await sendProof({ channel: 'EMAIL', address: { kind: 'email', value: 'ada@acme.test' }, network: 'n' }),
  ).toBeNull()
})

import { answerCalls } from '../../shared/calls/transport.js'
import { otpCalls } from '../../shared/contracts/otp.js'
import type { makeOpenChallenge } from '../domain/open-challenge.js'

type OpenChallenge = ReturnType<typeof makeOpenChallenge>
type PublicKeys = () => Promise<{ keys: Record<string, unknown>[] }>

/** What otp answers other subgraphs at once. */
export const answerOtpCalls = (publicKeys: PublicKeys, openChallenge: OpenChallenge) =>
  answerCalls(otpCalls, { grantKeys: publicKeys, openChallenge })

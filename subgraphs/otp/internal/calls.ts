import { answerCalls } from '../../shared/calls/transport.js'
import { otpCalls } from '../../shared/contracts/otp.js'

type PublicKeys = () => Promise<{ keys: Record<string, unknown>[] }>

/** What otp answers other subgraphs at once. */
export const answerOtpCalls = (publicKeys: PublicKeys) => answerCalls(otpCalls, { grantKeys: publicKeys })

import type { RequestContext } from '../shared/graphql/request-context.js'
import type { Once } from '../shared/idempotency/once.js'
import type { makeGenerateOtp } from './domain/generate-otp.js'
import type { makeValidateOtp } from './domain/validate-otp.js'

export type OtpContext = RequestContext & {
  otp: {
    generateOtp: ReturnType<typeof makeGenerateOtp>
    validateOtp: ReturnType<typeof makeValidateOtp>
  }
  /** Acts once for each `Idempotency-Key`. */
  once: Once
}

import type DataLoader from 'dataloader'
import type { RequestContext } from '../shared/graphql/request-context.js'
import type { Once } from '../shared/idempotency/once.js'
import type { Factors } from './domain/factor-ports.js'
import type { makeGenerateOtp } from './domain/generate-otp.js'
import type { makeValidateOtp } from './domain/validate-otp.js'
import type { makeMfaUseCases } from './mfa-use-cases.js'

export type OtpContext = RequestContext & {
  otp: {
    generateOtp: ReturnType<typeof makeGenerateOtp>
    validateOtp: ReturnType<typeof makeValidateOtp>
  }
  mfa: Omit<ReturnType<typeof makeMfaUseCases>, 'check' | 'demandedOf'>
  /** People's factors, read together. */
  factorsOf: DataLoader<string, Factors>
  /** Of whom a role demands a second factor, asked together. */
  isFactorDemanded: DataLoader<string, boolean>
  /** Acts once for each `Idempotency-Key`. */
  once: Once
}

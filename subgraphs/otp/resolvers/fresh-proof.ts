import { DEFAULT_MAX_AGE_SECONDS } from '../../shared/graphql/enforce-rules.js'
import { personOf } from '../../shared/graphql/person.js'
import { proofLacking } from '../../shared/identity/assurance.js'
import type { Viewer } from '../../shared/identity/viewer.js'
import type { OtpContext } from '../context.js'
import type { Factors } from '../domain/factor-ports.js'

/** What a second factor reaches, and how it is proved again: by the strongest that there is. */
const secondFactor = ({ totp, sms }: Factors) => {
  if (!totp && !sms) return null
  return { methods: [totp ? 'TOTP' : 'OTP_SMS'], assurance: 'aal2' }
}

/**
 * The person who asks, having proved lately who they are, by the factor they have now. A token from before an app was
 * enrolled says that a password would do; here it does not.
 */
export async function proveFresh(context: OtpContext): Promise<Viewer> {
  const person = personOf(context)
  const factors = await context.factorsOf.load(person.userId)
  const stepUp = (person.stepUp && secondFactor(factors)) ?? person.stepUp
  const rule = { level: null, maxAgeSeconds: DEFAULT_MAX_AGE_SECONDS }
  const lacking = proofLacking({ ...person, stepUp }, [rule])
  if (lacking) throw lacking
  return person
}

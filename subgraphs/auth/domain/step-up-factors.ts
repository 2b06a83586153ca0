import type { Account, AuthenticationMethod, SecondFactor, Session } from './ports.js'

export type StepUpFactors = { methods: readonly AuthenticationMethod[]; assurance: Session['assurance'] }

/** The strongest first. Codes that stand in for a lost factor sign someone in; a factor that is there is what a step-up asks for. */
const STRONG: readonly SecondFactor[] = ['TOTP', 'OTP_SMS']

/** The strongest factor a person has enrolled, which is what a step-up asks for; who has none is asked for less (SECURITY 8.6). */
export function stepUpFactorsOf({
  factors,
  basicProofs,
}: Pick<Account, 'factors' | 'basicProofs'>): StepUpFactors {
  const strongest = STRONG.find((factor) => factors.includes(factor))
  return strongest ? { methods: [strongest], assurance: 'AAL2' } : { methods: basicProofs, assurance: 'AAL1' }
}

import type { AuthenticationMethod, SecondFactor, StepUpFactors } from './ports.js'

const PASSWORD: StepUpFactors = { methods: ['PASSWORD'], assurance: 'AAL1' }

/** Codes that stand in for a lost app sign someone in; an app that is there is what a step-up asks for. */
const STRONG: readonly AuthenticationMethod[] = ['TOTP']

/** The strongest factors a person has enrolled, which are what a step-up asks for (SECURITY 8.6). */
export function stepUpFactorsOf(factors: readonly SecondFactor[]): StepUpFactors {
  const methods = factors.filter((factor) => STRONG.includes(factor))
  return methods.length > 0 ? { methods, assurance: 'AAL2' } : PASSWORD
}

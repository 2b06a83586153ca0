import type { StepUpFactors } from './ports.js'

/**
 * The strongest factors a person has enrolled, which are what a step-up asks for (SECURITY 8.6).
 *
 * Every account has a password, and no second factor can be enrolled yet.
 */
export const stepUpFactors = (): StepUpFactors => ({ methods: ['PASSWORD'], assurance: 'AAL1' })

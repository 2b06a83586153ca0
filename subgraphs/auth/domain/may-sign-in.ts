import type { Account } from './ports.js'

/** A disabled or locked account is checked against nothing. One that waits for its deletion signs in to cancel it (9.8). */
export const maySignIn = ({ status }: Pick<Account, 'status'>): boolean =>
  status !== 'DISABLED' && status !== 'LOCKED'

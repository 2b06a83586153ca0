import { SignJWT } from 'jose'
import { createStepUpTickets } from './step-up-tickets.js'

const KEY = new Uint8Array(32).fill(1)
const HOLDER = { userId: 'usr_ada', sessionId: 'ses_ada' }
const tickets = createStepUpTickets(KEY)

const made = (typ: string, exp: string) =>
  new SignJWT({ sid: 'ses_ada' })
    .setProtectedHeader({ alg: 'HS256', typ })
    .setSubject('usr_ada')
    .setExpirationTime(exp)
    .sign(KEY)

test('a ticket names the session it was made for', async () => {
  expect(await tickets.read(await tickets.issue(HOLDER))).toEqual(HOLDER)
})

test('8.7: a ticket that has expired stands for nobody', async () => {
  expect(await tickets.read(await made('step-up+jwt', '10s'))).toEqual(HOLDER)
  expect(await tickets.read(await made('step-up+jwt', '-1s'))).toBeNull()
})

test('4.3: what is of another kind, of another key or no token at all stands for nobody', async () => {
  const others = createStepUpTickets(new Uint8Array(32).fill(2))

  expect(await tickets.read(await made('at+jwt', '10s'))).toBeNull()
  expect(await tickets.read(await others.issue(HOLDER))).toBeNull()
  expect(await tickets.read('nonsense')).toBeNull()
})

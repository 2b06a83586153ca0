import { someViewer } from '../test/requests.js'
import { personOf, personOrNull } from './person.js'

const ada = someViewer({ userId: 'usr_ada' })
const machine = someViewer({ userId: 'cli_mailer', scopes: ['notifications:send'] })

test('a person is who asks', () => {
  expect(personOrNull({ viewer: ada })).toBe(ada)
  expect(personOf({ viewer: ada })).toBe(ada)
})

test.each([
  ['a machine client', machine],
  ['a subject of a further issuer', someViewer({ userId: 'ext_staff_usr_ada' })],
])('%s is nobody where a person is meant, and may not act as one', (_, viewer) => {
  expect(personOrNull({ viewer })).toBeNull()
  expect(() => personOf({ viewer })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
})

test('nobody is nobody', () => {
  expect(personOrNull({ viewer: null })).toBeNull()
  expect(() => personOf({ viewer: null })).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }))
})

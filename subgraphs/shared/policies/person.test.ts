import { someViewer } from '../test/requests.js'
import { person } from './person.js'

test.each([
  ['usr_ada', true],
  ['cli_mailer', false],
  ['ext_staff_usr_ada', false],
])('%s: %p', (userId, expected) => {
  expect(person.mayHold(someViewer({ userId }), {})).toBe(expected)
})

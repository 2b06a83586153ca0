import { someViewer } from '../test/requests.js'
import { self } from './self.js'

const ada = someViewer({ userId: 'usr_ada' })

test('anyone who is known may be it of some row', () => {
  expect(self.mayHold(ada, {})).toBe(true)
})

test.each([
  [{ id: 'usr_ada' }, true],
  [{ id: 'usr_bob' }, false],
  [{ id: null }, false],
  [{}, false],
  [null, false],
  ['usr_ada', false],
])('of %j it is %p', (row, expected) => {
  expect(self.holdsFor?.(ada, row)).toBe(expected)
})

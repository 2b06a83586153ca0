import { maskAddress } from './mask-address.js'

test.each([
  ['ada@example.org', 'a•••@example.org'],
  ['a@example.org', 'a•••@example.org'],
  ['not an address', '•••'],
])('shows little of %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked)
})

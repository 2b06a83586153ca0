import { maskAddress } from './mask-address.js'

test.each([
  ['ada@example.org', 'a•••@example.org'],
  ['a@example.org', 'a•••@example.org'],
  ['+@example.org', '+•••@example.org'],
  ['+4915112345678', '+•••78'],
  ['not an address', '•••'],
])('shows little of %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked)
})

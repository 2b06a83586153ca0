import { mask } from './mask.js'

describe('mask (SECURITY 8.1)', () => {
  test.each([
    [{ kind: 'email', value: 'ada@example.com' }, 'a•••@e•••.com'],
    [{ kind: 'email', value: 'a@b.example.org' }, 'a•••@b•••.org'],
    [{ kind: 'email', value: 'ada.lovelace+maths@xn--mnchen-3ya.de' }, 'a•••@x•••.de'],
    [{ kind: 'phoneNumber', value: '+41791234567' }, '+•••67'],
    [{ kind: 'username', value: 'ada' }, null],
  ] as const)('of %j is %s', (identifier, masked) => {
    expect(mask(identifier)).toBe(masked)
  })
})

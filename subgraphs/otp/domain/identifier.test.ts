import { destinationOf, readIdentifier } from './identifier.js'

describe('identifier', () => {
  test('is read in the form in which users stores it (SECURITY 9.1)', () => {
    expect(readIdentifier({ email: 'Ada@Example.COM' })).toEqual({
      value: { kind: 'email', value: 'ada@example.com' },
    })
    expect(readIdentifier({ username: 'ADA' })).toEqual({ value: { kind: 'username', value: 'ada' } })
  })

  test.each([
    [null, 'REQUIRED', ['identifier']],
    [{}, 'REQUIRED', ['identifier']],
    [{ email: 'ada@example.com', username: 'ada' }, 'INVALID', ['identifier']],
    [{ email: 'ada' }, 'INVALID_EMAIL', ['identifier', 'email']],
    [{ phoneNumber: '0791234567' }, 'INVALID_PHONE', ['identifier', 'phoneNumber']],
    [{ username: 'a b' }, 'INVALID', ['identifier', 'username']],
  ] as const)('%j is refused as %s', (input, code, field) => {
    expect(readIdentifier(input)).toEqual({ problem: { code, field } })
  })

  test('counts plus-addresses and their base as one destination (SECURITY 9.2)', () => {
    const destination = (value: string) => destinationOf({ kind: 'email', value })

    expect(destination('ada+work@example.com')).toBe(destination('ada@example.com'))
    expect(destination('bob+work@example.com')).not.toBe(destination('ada@example.com'))
    expect(destination('+work@example.com')).not.toBe(destination('+home@example.com'))
    expect(destinationOf({ kind: 'username', value: 'ada' })).not.toBe(
      destinationOf({ kind: 'phoneNumber', value: 'ada' }),
    )
  })
})

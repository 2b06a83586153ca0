import { destinationOf } from './destination.js'

describe('destination', () => {
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

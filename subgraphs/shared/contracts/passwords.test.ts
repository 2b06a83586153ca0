import { passwordsCalls } from './passwords.js'

test.each<[string, object, string]>([
  ['by an older version, which does not say', {}, 'ADMIN_RESET'],
  ['by this one', { changeReason: 'TOO_SHORT' }, 'TOO_SHORT'],
  ['by a newer one, for a reason unknown here', { changeReason: 'TOO_OLD' }, 'ADMIN_RESET'],
])('13.8: why a password has to be another is read, told %s', (_, told, reason) => {
  const { output } = passwordsCalls.calls.verify

  expect(output.parse({ matches: true, mustChange: true, ...told })).toEqual({
    ...{ matches: true, mustChange: true, changeReason: reason },
  })
})

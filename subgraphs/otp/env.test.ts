import { readFileSync } from 'node:fs'
import { OtpEnv } from './env.js'

test('the README lists every setting and no other', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
  const settings = readme.slice(readme.indexOf('## Settings'))

  const listed = [...settings.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name)

  expect(new Set(listed)).toEqual(new Set(Object.keys(OtpEnv.shape)))
})

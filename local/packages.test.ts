import { readFileSync } from 'node:fs'

// What is installed, as package.json and the lockfile say it.

type Locked = { version?: string; integrity?: string; resolved?: string; link?: boolean; dev?: boolean }
type Overrides = { [name: string]: string | Overrides }

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const wanted = read('package.json') as Record<'dependencies' | 'devDependencies', Record<string, string>> & {
  overrides: Overrides
}
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> }
const locked = Object.entries(packages).filter(([path]) => path !== '')

/** Every copy of it that is run, however deep. What only development brings, such as the inbox, has its own. */
const versionsOf = (name: string) =>
  locked
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .flatMap(([, { version = '', dev }]) => (dev ? [] : version))

const isAtLeast = (version: string, least: string): boolean =>
  version.localeCompare(least, 'en', { numeric: true }) >= 0

const textsIn = (overrides: Overrides): string[] =>
  Object.values(overrides).flatMap((one) => (typeof one === 'string' ? one : textsIn(one)))

test.each([
  ['graphql', '16.0.0', '17'],
  ['@apollo/gateway', '2.13.2', '3'],
  ['@apollo/composition', '2.13.2', '3'],
  ['@apollo/server', '5.5.0', '6'],
  ['nodemailer', '10.4.1', '11'],
])('14.1: %s is %s or newer, and older than %s, wherever it is run', (name, least, below) => {
  const versions = versionsOf(name)

  expect(versions.length).toBeGreaterThan(0)
  expect(versions.filter((version) => !isAtLeast(version, least) || isAtLeast(version, below))).toEqual([])
})

test('14.1: what is wanted is wanted in one version', () => {
  const { dependencies, devDependencies, overrides } = wanted
  const versions = [dependencies, devDependencies, overrides].flatMap(textsIn)

  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('14.1: what is installed is what was locked, and comes from the registry that npm is set to', () => {
  const strange = locked.filter(
    // The lockfile says of nothing where it is from but of what is from elsewhere: a repository, an address, a folder.
    ([, { integrity = '', resolved, link }]) => link || resolved || !integrity.startsWith('sha512-'),
  )

  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^omit-lockfile-registry-resolved=true$/m)
  expect(strange.map(([path]) => path)).toEqual([])
})

test('14.1: nothing that a package brings runs while it is installed, here and in the image', () => {
  const dockerfile = readFileSync('deploy/Dockerfile', 'utf8')

  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m)
  expect(dockerfile).toMatch(/^COPY .*\.npmrc .*\n+RUN npm ci$/m)
})

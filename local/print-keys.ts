import { generateKeys } from './keys.js'

// npm run keys: a fresh set of secrets as lines for an environment file. Nothing is stored.
for (const [name, value] of Object.entries(await generateKeys())) console.log(`${name}='${value}'`)

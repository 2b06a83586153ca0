import { SettingsError } from '../subgraphs/shared/env/read-env.js'
import { prepareDatabases } from './databases.js'

// npm run migrate: brings the schemas of DATABASE_URL up to date, before new processes start.
try {
  await prepareDatabases(process.env)
  console.log('The schemas are up to date.')
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

import { prepareDatabases } from './databases.js'

// npm run migrate: brings the schemas of DATABASE_URL up to date, before new processes start.
await prepareDatabases(process.env)
console.log('The schemas are up to date.')

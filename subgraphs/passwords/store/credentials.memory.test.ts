import { credentialsContract } from './credentials.contract.js'
import { createMemoryCredentials } from './credentials.memory.js'

describe('credentials in memory', () => {
  let memory: ReturnType<typeof createMemoryCredentials>
  beforeEach(() => {
    memory = createMemoryCredentials()
  })

  credentialsContract(() => ({ credentials: memory, claim: memory.claim, letTimePass: memory.letTimePass }))
})

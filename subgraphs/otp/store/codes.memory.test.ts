import { codeStoreContract } from './codes.contract.js'
import { createMemoryCodeStore } from './codes.memory.js'
import { CEILINGS } from './codes-kit.js'

describe('codes in memory', () =>
  codeStoreContract(async () => {
    let time = Date.now()
    const store = createMemoryCodeStore(() => time, CEILINGS)
    return {
      store,
      pass: async (seconds) => {
        time += seconds * 1000
      },
      told: async () => store.told,
      arrived: async () => store.arrived,
      size: async () => store.size(),
    }
  }))

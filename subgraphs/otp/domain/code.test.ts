import { readCode } from './code.js'

describe('readCode', () => {
  test.each(['123456', '123 456', '123-456', ' 123456 ', '１２３４５６'])(
    'reads %j as people type it',
    (typed) => {
      expect(readCode(typed)).toBe('123456')
    },
  )

  test.each(['', '12345', '1234567', '12345a', '٠١٢٣٤٥', '1'.repeat(50_000)])(
    'refuses what is no code',
    (typed) => {
      expect(readCode(typed)).toBeNull()
    },
  )
})

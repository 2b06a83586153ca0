import { segmentsOf } from './segments.js'

test.each([
  ['nothing', '', 'GSM-7', 1],
  ['160 letters of GSM 03.38', 'ä'.repeat(160), 'GSM-7', 1],
  ['one more', 'ä'.repeat(161), 'GSM-7', 2],
  ['twice what a part holds', 'a'.repeat(306), 'GSM-7', 2],
  ['one more than that', 'a'.repeat(307), 'GSM-7', 3],
  ['80 letters of the extension', '€'.repeat(80), 'GSM-7', 1],
  ['one of them where a part ends', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 3],
  ['70 others', `${'é'.repeat(69)}ê`, 'UCS-2', 1],
  ['one more', 'ó'.repeat(71), 'UCS-2', 2],
  ['35 pairs', '😀'.repeat(35), 'UCS-2', 1],
  ['a pair where a part ends', `${'あ'.repeat(66)}😀${'あ'.repeat(66)}`, 'UCS-2', 3],
])('%s', (_, text, encoding, count) => {
  expect(segmentsOf(text)).toEqual({ encoding, count })
})

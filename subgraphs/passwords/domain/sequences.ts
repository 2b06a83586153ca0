/** Rows and columns of the common keyboards, and what people count by. Direction and start do not matter. */
const WALKS = [
  '01234567890',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1q2w3e4r5t6y7u8i9o0p',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
  '!@#$%^&*()',
  '!"§$%&/()=',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
].flatMap((walk) => [walk, [...walk].reverse().join('')])

/** Shorter runs are chance: every other random password holds two neighbours. */
const MIN_RUN = 3

/** As many code points may lie outside the runs: `qwerty` with a digit and a mark is still `qwerty`. */
const MAX_OUTSIDE = 2

/**
 * Whether almost all of a password is one character repeated, counting, or a walk over the keyboard,
 * in one run or in several.
 */
export function isSequence(password: string): boolean {
  const points = [...password.toLowerCase()]
  let inside = 0
  for (let at = 0; at < points.length; ) {
    const run = Math.max(countingRun(points, at), keyboardRun(points, at))
    if (run >= MIN_RUN) inside += run
    at += run >= MIN_RUN ? run : 1
  }
  return inside > 0 && points.length - inside <= MAX_OUTSIDE
}

/** How many code points from `at` on keep one step: 0 repeats, 1 counts up, -1 down, 2 skips every other. */
function countingRun(points: string[], at: number): number {
  const step = stepAt(points, at + 1)
  if (Number.isNaN(step) || Math.abs(step) > 2) return 1

  let end = at + 2
  while (stepAt(points, end) === step) end += 1
  return end - at
}

function stepAt(points: string[], at: number): number {
  return (points[at]?.codePointAt(0) ?? Number.NaN) - (points[at - 1]?.codePointAt(0) ?? Number.NaN)
}

function keyboardRun(points: string[], at: number): number {
  return Math.max(...WALKS.map((walk) => commonStretch(walk, points, at)))
}

function commonStretch(walk: string, points: string[], at: number): number {
  const start = walk.indexOf(points[at] ?? '\0')
  if (start < 0) return 0

  let length = 1
  while (at + length < points.length && walk[start + length] === points[at + length]) length += 1
  return length
}

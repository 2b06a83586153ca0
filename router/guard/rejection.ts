/** Why a document does not run, before anything of it has; the reason is for the log alone. */
export type Rejection = {
  kind: 'rejected'
  code: 'QUERY_REJECTED' | 'QUERY_TOO_COMPLEX' | 'BAD_USER_INPUT'
  reason: string
}

export function rejected(reason: string): Rejection {
  return { kind: 'rejected', code: 'QUERY_REJECTED', reason }
}

export function tooComplex(limit: string): Rejection {
  return { kind: 'rejected', code: 'QUERY_TOO_COMPLEX', reason: `more ${limit} than allowed` }
}

export function badInput(reason: string): Rejection {
  return { kind: 'rejected', code: 'BAD_USER_INPUT', reason }
}

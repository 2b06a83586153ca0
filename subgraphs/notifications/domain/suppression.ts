export type SuppressionReason =
  /** Whoever carries messages there says for good that it takes none. */
  | 'BOUNCE'
  /** Its owner said STOP to who carries texts, who carries none since. */
  | 'OPT_OUT'
  /** Its owner called one of ours junk. */
  | 'COMPLAINT'

/** Reasons by which nothing arrives. */
export const UNREACHABLE: readonly SuppressionReason[] = ['BOUNCE', 'OPT_OUT']

export const isUnreachable = (reasons: readonly SuppressionReason[]): boolean =>
  reasons.some((reason) => UNREACHABLE.includes(reason))

/** A complaint stops what may be refused, and nothing else. */
export const isComplainedOf = (
  reasons: readonly SuppressionReason[],
  { isRefusable }: { isRefusable: boolean },
): boolean => isRefusable && reasons.includes('COMPLAINT')

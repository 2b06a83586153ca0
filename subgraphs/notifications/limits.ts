/**
 * Notices of one kind that a person gets by text in a day. Beyond it they go by mail, or not at all where there is no proved
 * address: whoever has a number that earns by the text could else have it texted for as long as they like (SECURITY 8.8).
 * Each kind has its own, so that nobody silences one by another. Notices that are written at the same moment may be a few
 * more. Codes are counted by otp, to the last one.
 */
export const NOTICE_TEXTS_A_DAY = 10

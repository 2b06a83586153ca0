// What to say where a chosen password is refused.
export const PASSWORD_WORDS = {
  PASSWORD_TOO_SHORT: 'This password is too short. Take a longer one.',
  PASSWORD_TOO_LONG: 'This password is too long. Take a shorter one.',
  PASSWORD_COMMON: 'This password is one of the most used. Take another one.',
  PASSWORD_BREACHED: 'This password is known from a breach. Take another one.',
  PASSWORD_CONTAINS_IDENTITY: 'This password contains your name or address. Take another one.',
  PASSWORD_PREDICTABLE: 'This password is a repetition or a sequence. Take another one.',
  PASSWORD_REUSED: 'You had this password before. Take another one.',
}

export const isAboutPassword = (code) => code.startsWith('PASSWORD_')

export type IsCommonPassword = (password: string) => boolean | Promise<boolean>

let loading: Promise<ReadonlySet<string>> | undefined

/** Whether a password is among the 49 000 most used ones, in any case. The list loads at the first call. */
export const isDictionaryPassword: IsCommonPassword = async (password) => {
  loading ??= loadList()
  return (await loading).has(password.toLowerCase())
}

async function loadList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  // Some entries are numbers in the list's source.
  return new Set(dictionary['passwords-common'].map((entry) => String(entry).toLowerCase()))
}

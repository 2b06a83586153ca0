// The pages in the language of their reader's browser. Each sentence is known by its English one, which stands where there is
// no other.
const LANGUAGES = ['de', 'en', 'es', 'fr', 'ja', 'pt']
/** Nobody waits longer for a language. */
const WAIT_MS = 2000

const language =
  navigator.languages.map((tag) => tag.split('-')[0].toLowerCase()).find((tag) => LANGUAGES.includes(tag)) ??
  'en'
const words = language === 'en' ? {} : await wordsOf(language)

export const say = (english) => words[english] ?? english

/** Puts everything that the page says into the language. */
export function sayAll() {
  document.documentElement.lang = language
  document.title = say(document.title)
  for (const element of document.querySelectorAll('h1, #message, label, button')) {
    element.textContent = say(element.textContent.replace(/\s+/g, ' ').trim())
  }
}

/** Where they cannot be had, or not soon, the page is of use in English. */
async function wordsOf(tag) {
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS, { WORDS: {} }))
  try {
    return (await Promise.race([import(`./words/${tag}.js`), late])).WORDS
  } catch {
    return {}
  }
}

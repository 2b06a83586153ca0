/** Gives each frame the height of the mail in it. */
export const SCRIPT = `for (const frame of document.querySelectorAll('iframe')) {
  const fit = () => { frame.style.height = frame.contentDocument.documentElement.scrollHeight + 'px' }
  frame.addEventListener('load', fit)
  if (frame.contentDocument?.readyState === 'complete') fit()
}
`

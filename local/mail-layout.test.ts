import { readFile } from 'node:fs/promises'
import { mailLayout } from './mail-layout.js'

const TEMPLATES = 'subgraphs/notifications/templates'
const source = await readFile(`${TEMPLATES}/mail.mjml`, 'utf8')

/** A mail of one piece. */
const mailOf = (piece: string, head = '') => `
<mjml lang="{{locale}}"><mj-head>${head}</mj-head>
<mj-body><mj-section><mj-column>${piece}</mj-column></mj-section></mj-body></mjml>`

test('the layout of mails is what its source says', async () => {
  expect(await mailLayout(source)).toBe(await readFile(`${TEMPLATES}/__generated__/mail.ts`, 'utf8'))
})

test('11.5: a family that Google has too is not loaded from there', async () => {
  const layout = await mailLayout(mailOf('<mj-text font-family="Roboto">{{text}}</mj-text>'))

  expect(layout).toContain('Roboto')
  expect(layout).not.toMatch(/@import|<link|googleapis/)
})

test('a part is cut out of what is around it, and is filled by itself', async () => {
  const row = '<!-- part row --><tr><td>{{value}}</td></tr><!-- end row -->'
  const layout = await mailLayout(mailOf(`<mj-table>{{rows}}${row}</mj-table>`))

  expect(layout).toContain(
    "export const mail = ({ locale, rows }: Record<'locale' | 'rows', Value>): Html =>",
  )
  expect(layout).toMatch(/export const row = \(\{ value \}: .+ html`<tr><td>\$\{value\}<\/td><\/tr>`/)
})

test('what TypeScript would read is words', async () => {
  const layout = await mailLayout(mailOf(`<mj-text>{{text}} \`\\\${1}\`</mj-text>`))

  expect(layout).toContain(` \\\`\\\\\\\${1}\\\``)
})

test.each([
  ['a component that there is not', '<mj-nothing>{{text}}</mj-nothing>', 'mj-nothing'],
  ['an attribute that there is not', '<mj-text colour="#fff">{{text}}</mj-text>', 'colour'],
  ['a part without an end', '<mj-raw><!-- part row --></mj-raw>', 'stray <!-- part'],
  ['a place without an end', '<mj-text>{{text</mj-text>', 'stray {{'],
  ['a place with a name that cannot be one', '<mj-text>{{a b}}</mj-text>', 'stray {{'],
  [
    'a part without a place',
    '<mj-raw><!-- part row -->row<!-- end row --></mj-raw>',
    'nothing is filled into row',
  ],
  [
    'two parts of one name',
    '<mj-raw><!-- part a -->{{b}}<!-- end a --><!-- part a -->{{c}}<!-- end a --></mj-raw>',
    'two parts a',
  ],
  ['a value in a style sheet', '<mj-raw><style>{{text}}</style></mj-raw>', 'neither text nor in quotes'],
  [
    'a value in a comment',
    '<mj-raw><!--[if mso]>{{text}}<![endif]--></mj-raw>',
    'neither text nor in quotes',
  ],
  ['a value in a script', '<mj-raw><script>{{text}}</script></mj-raw>', 'neither text nor in quotes'],
  ['a value in a tag', '<mj-raw><p {{text}}>x</p></mj-raw>', 'neither text nor in quotes'],
  ['a value without quotes', '<mj-raw><a href=/p/{{url}}>x</a></mj-raw>', 'neither text nor in quotes'],
  ['a value in single quotes', "<mj-raw><a href='{{url}}'>x</a></mj-raw>", 'neither text nor in quotes'],
  ['a value that runs', '<mj-raw><a onclick="{{text}}">x</a></mj-raw>', 'neither text nor in quotes'],
  [
    'a value within a style',
    '<mj-raw><p style="color:{{colour}}">x</p></mj-raw>',
    'neither text nor in quotes',
  ],
])('refuses %s', async (_, piece, fault) => {
  await expect(mailLayout(mailOf(piece))).rejects.toThrow(fault)
})

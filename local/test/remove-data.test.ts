import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeData } from './remove-data.js'

test('the databases that links lead to go with the folder, and nothing else that is linked', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'usergraph-elsewhere-'))
  const folder = await mkdtemp(join(tmpdir(), 'usergraph-data-'))
  for (const name of ['one', 'many', 'other']) {
    await mkdir(join(elsewhere, name))
    await writeFile(join(elsewhere, name, 'PG_VERSION'), '18')
  }
  await mkdir(join(folder, 'many'))
  await symlink(join(elsewhere, 'one'), join(folder, 'postgres'))
  await symlink(join(elsewhere, 'many'), join(folder, 'many', 'postgres'))
  await symlink(join(elsewhere, 'other'), join(folder, 'many', 'other'))

  await removeData(folder)

  const left = ['one', 'many', 'other'].filter((name) => existsSync(join(elsewhere, name)))
  await rm(elsewhere, { recursive: true })
  expect([left, existsSync(folder)]).toEqual([['other'], false])
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { classicProfile, patchChoices } from '../../src/connect/scim/profile.js'

it('docs/targets.md names every member of a profile with its values', () => {
  const page = readFileSync(new URL('../../docs/targets.md', import.meta.url), 'utf8')
  for (const [name, choices] of Object.entries(patchChoices))
    expect(page).toContain(`| \`patch.${name}\` | ${choices.map((one) => `\`${String(one)}\``).join(', ')} |`)
  for (const name of Object.keys(classicProfile))
    if (name !== 'version' && name !== 'patch') expect(page).toContain(`\`${name}\``)
})

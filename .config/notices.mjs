import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const ourLicence = readFileSync(new URL('../LICENSE', import.meta.url), 'utf8')

const line = `\n${'-'.repeat(80)}\n`

/**
 * The licences of the packages whose code is in a bundle, as one text.
 * @param {string[]} moduleIds the files that went into the bundle
 * @returns {Promise<string>}
 * @throws {Error} when a package carries no licence file: it must not be bundled then
 */
export async function noticesOf(moduleIds) {
  const folders = new Set(
    moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id) ?? []),
  )
  const titlesByText = new Map()
  for (const folder of [...folders].sort()) {
    const { title, text } = await licenceOf(folder)
    titlesByText.set(text, [...(titlesByText.get(text) ?? []), title])
  }
  const intro = 'attrflow includes code of the following packages, each under its own licence.\n'
  return [intro, ...[...titlesByText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`)].join(line)
}

/** The licence of a package that names it and its author, and carries no text. Ours is the same one. */
const mitLicence = (holder) =>
  ourLicence.replace(/^Copyright .*$/m, `Copyright (c) ${holder.replace(/\s*<.*>/, '')}`).trim()

async function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file)).sort()
  if (files.length === 0) {
    const holder = typeof author === 'string' ? author : author?.name
    if (license !== 'MIT' || holder === undefined)
      throw new Error(`${name} is bundled but carries no licence file`)
    return { title: `${name} ${version} (${license})`, text: mitLicence(holder) }
  }
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return { title: `${name} ${version} (${license})`, text: texts.map((text) => text.trim()).join('\n\n') }
}

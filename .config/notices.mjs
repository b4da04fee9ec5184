import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

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

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file)).sort()
  if (files.length === 0) throw new Error(`${name} is bundled but carries no licence file`)
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return { title: `${name} ${version} (${license})`, text: texts.map((text) => text.trim()).join('\n\n') }
}

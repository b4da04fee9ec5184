/** What a link contains: the expression, and the text of the settings. Never data of users. */
export interface LinkState {
  readonly expression?: string
  readonly settings?: string
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0))

const through = async (
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> => {
  const piped = new Blob([bytes as BlobPart]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(piped).arrayBuffer())
}

/** The fragment of a link that opens the page with this state. */
export const toFragment = async (state: LinkState): Promise<string> =>
  `#${toBase64(await through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream('deflate-raw')))}`

/** The state in a fragment; empty if the fragment contains none. */
export const fromFragment = async (fragment: string): Promise<LinkState> => {
  try {
    const json = await through(fromBase64(fragment.slice(1)), new DecompressionStream('deflate-raw'))
    const value: unknown = JSON.parse(new TextDecoder().decode(json))
    return typeof value === 'object' && value !== null ? (value as LinkState) : {}
  } catch {
    return {}
  }
}

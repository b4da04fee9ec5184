/**
 * What generated modules import for encodings, identifiers and random texts.
 * @module attrflow/runtime/encodings
 */

export { convertFromBase64, convertToBase64, convertToUtf8Hex } from '../functions/runtime/encoding.js'
export { dnComponent, stringFromSid } from '../functions/runtime/identifiers.js'
export { guid, randomString } from '../functions/runtime/random.js'

import { sha256 as digest } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The SHA-256 of a text in UTF-8, in hexadecimal. For short texts a hash that is computed at once is much cheaper than
 * asking the platform, which answers from another thread.
 */
export const sha256 = (text: string): string => bytesToHex(digest(utf8ToBytes(text)))

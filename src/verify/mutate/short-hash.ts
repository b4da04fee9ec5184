/** Ten hexadecimal digits that identify a text: two FNV-1a sums. For names; not secure against attacks. */
export const shortHash = (text: string): string => {
  let [a, b] = [0x811c9dc5, 0xdeadbeef]
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x5bd1e995)
    b ^= b >>> 15
  }
  a ^= a >>> 16
  return ((a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')).slice(0, 10)
}

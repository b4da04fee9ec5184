/**
 * Encodes a text as a part of a URL. A lone surrogate becomes U+FFFD; `encodeURIComponent` alone would throw.
 */
export const urlPart = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))

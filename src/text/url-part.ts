/**
 * A text as a part of a URL. Half of a character, which data may hold, has no form there: U+FFFD stands in its place,
 * where `encodeURIComponent` alone would throw.
 */
export const urlPart = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))

/** Characters that JSON escapes, and surrogates, which may be unpaired. */
const special = /[^\u0020-\ud7ff\ue000-\uffff]|["\\]/

/** The JSON of a text, as {@link JSON.stringify} writes it; most texts need no escape. */
export const jsonString = (text: string): string => (special.test(text) ? JSON.stringify(text) : `"${text}"`)

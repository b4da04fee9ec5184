/**
 * The same text as an internalised string, as property names and literals in program text are. With any other string
 * V8 looks a property up by its characters every time, and compares by characters what it could compare by address.
 */
export const internalised = (text: string): string => {
  // Without a prototype it is a dictionary; any other object would get a shape of its own for every name.
  const holder: Record<string, number> = Object.create(null)
  holder[text] = 0
  return Object.keys(holder)[0]!
}

/**
 * The same text as an internalised string, like property names and literals in program text. V8 compares
 * internalised strings by address; with any other string it looks a property up by its characters every time.
 */
export const internalised = (text: string): string => {
  // An object without a prototype is a dictionary; any other object would get a new shape for every name.
  const holder: Record<string, number> = Object.create(null)
  holder[text] = 0
  const [name = text] = Object.keys(holder)
  return name
}

/**
 * A JSON value as quoted in a message, cut to 60 characters. Accepts integers of any size and any nesting.
 */
export const jsonForMessage = (value: unknown): string => {
  if (typeof value === 'bigint') return String(value)
  let text: string
  try {
    // An integer beyond the safe range has no JSON form.
    text =
      JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ??
      typeof value
  } catch {
    text = 'a value that is nested too deeply'
  }
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

const escapedText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapedProperty = (text: string): string =>
  escapedText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/**
 * A command of GitHub's workflows, which shows a message at a place.
 * @param properties such as `file`, `line` and `title`; those that are undefined are left out
 */
export const annotation = (
  severity: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string => {
  const given = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${escapedProperty(String(value))}`,
  )
  return `::${severity} ${given.join(',')}::${escapedText(message)}\n`
}

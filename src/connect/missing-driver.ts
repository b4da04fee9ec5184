/** A package that a connector needs is not installed. The message says what to install. */
export class MissingDriver extends Error {
  override readonly name = 'MissingDriver'

  constructor(what: string, driver: string, version: string) {
    super(`${what} need the package ${driver}: npm install ${driver}@${version}`)
  }
}

/**
 * Loads an optional package.
 * @throws {MissingDriver} if it cannot be loaded
 */
export const loadDriver = async <T>(
  what: string,
  driver: string,
  version: string,
  load: () => Promise<T>,
): Promise<T> => {
  try {
    return await load()
  } catch {
    throw new MissingDriver(what, driver, version)
  }
}

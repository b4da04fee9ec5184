/** A database server of its own, in a temporary folder, on a free port of this machine. */
export interface DatabaseServer {
  /** The address where it can be asked for anything. */
  readonly url: string
  /** Makes a new empty database, and gives its address. */
  database(): Promise<string>
  stop(): Promise<void>
}

/**
 * A server that runs, as tests use it.
 * @param first the database that is there from the start
 * @param addressOf the address of a database
 * @param query runs a statement at an address
 */
export const databaseServer = (
  first: string,
  addressOf: (database: string) => string,
  query: (address: string, text: string) => Promise<void>,
  stop: () => Promise<void>,
): DatabaseServer => {
  const url = addressOf(first)
  let databases = 0
  return {
    url,
    async database() {
      const name = `test_${++databases}`
      await query(url, `CREATE DATABASE ${name}`)
      return addressOf(name)
    },
    stop,
  }
}

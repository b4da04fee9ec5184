/**
 * Registers tests where something is present that only developers have beside their checkout; elsewhere there is nothing to
 * run, and nothing that counts as skipped.
 * @param register `describe` or `it`
 */
export const where = <Register>(present: boolean, register: Register): Register =>
  present ? register : ((() => undefined) as Register)

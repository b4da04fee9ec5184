/**
 * A mistake of the calling program, such as a look-up that returns a promise where a value is needed at once.
 * Unlike faults of the data, it is thrown to the caller.
 */
export class Misuse extends TypeError {
  override readonly name = 'TypeError'
}

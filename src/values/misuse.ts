/**
 * A mistake of the calling program, such as a look-up that answers with a promise where an answer is needed at once.
 * It is thrown through evaluation, unlike everything that data can cause.
 */
export class Misuse extends TypeError {
  override readonly name = 'TypeError'
}

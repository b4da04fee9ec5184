/** In place of Chevrotain's exceptions: its parser throws one where a text ends to be an expression. */
class RecognitionFault {
  constructor(_message, token) {
    this.token = token
  }
}

export {
  RecognitionFault as MismatchedTokenException,
  RecognitionFault as NotAllInputParsedException,
  RecognitionFault as NoViableAltException,
}

export const isRecognitionException = (thrown) => thrown instanceof RecognitionFault

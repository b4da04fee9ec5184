import { nameWords } from '../../text/name-words.js'

/** The name of an attribute, which breaks between its words where the line is too short. Copying gives the name alone. */
export const Name = ({ text }: { readonly text: string }) =>
  nameWords(text).map((word, index) => (
    <>
      {index > 0 && <wbr />}
      {word}
    </>
  ))

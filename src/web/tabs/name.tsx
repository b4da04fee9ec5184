import { shown } from '../../text/shown.js'

/** Where a name can break: before a capital letter, and after a sign between words. */
const breaks = /(?<=[a-z\d])(?=[A-Z])|(?<=[.:_-])(?=\w)/

/** The name of an attribute, which breaks between its words where the line is too short. Copying gives the name alone. */
export const Name = ({ text }: { readonly text: string }) =>
  shown(text)
    .split(breaks)
    .map((word, index) => (
      <>
        {index > 0 && <wbr />}
        {word}
      </>
    ))

import { type FlowMarker, ignoreAttributeFlow, ignoreObjectFlow } from '../values/marker.js'
import { BOOLEAN, IGNORE_ATTRIBUTE, IGNORE_OBJECT, NULL, type StaticType } from '../values/static-type.js'

/** A bare word that stands for a value or for a flow marker. */
export interface LanguageConstant {
  readonly value: boolean | null | FlowMarker
  readonly kinds: StaticType
  /** Its meaning, for completion and hover. */
  readonly doc: string
  /** Its wording in the description of an expression. */
  readonly phrase: string
}

/** The bare constants of the language, by name. */
export const languageConstants: ReadonlyMap<string, LanguageConstant> = new Map([
  ['True', { value: true, kinds: BOOLEAN, doc: 'The Boolean true; as text it is `True`.', phrase: 'True' }],
  [
    'False',
    { value: false, kinds: BOOLEAN, doc: 'The Boolean false; as text it is `False`.', phrase: 'False' },
  ],
  [
    'NULL',
    {
      value: null,
      kinds: NULL,
      doc: 'Null. The service is reported to flow it as text; a blank argument is safer.',
      phrase: 'nothing',
    },
  ],
  [
    'IgnoreAttributeFlow',
    {
      value: ignoreAttributeFlow,
      kinds: IGNORE_ATTRIBUTE,
      doc: 'Nothing flows to this attribute, whatever its value in the target.',
      phrase: 'no flow to this attribute',
    },
  ],
  [
    'IgnoreObjectFlow',
    {
      value: ignoreObjectFlow,
      kinds: IGNORE_OBJECT,
      doc: 'The whole object is skipped.',
      phrase: 'no flow for the whole object',
    },
  ],
])

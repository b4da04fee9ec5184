/**
 * A result that is not a value but an instruction about the flow itself. There are exactly two instances;
 * compare by identity.
 */
export class FlowMarker {
  readonly name: 'IgnoreAttributeFlow' | 'IgnoreObjectFlow'

  constructor(name: 'IgnoreAttributeFlow' | 'IgnoreObjectFlow') {
    this.name = name
  }
}

/** The attribute does not flow: no value, no default, no clearing. */
export const ignoreAttributeFlow: FlowMarker = new FlowMarker('IgnoreAttributeFlow')

/** The whole object is skipped. */
export const ignoreObjectFlow: FlowMarker = new FlowMarker('IgnoreObjectFlow')

/** The enumerations of the Graph synchronization schema. In each list the position is the numeric form. */

/** When a mapping flows; default Always. AD → Entra cloud-sync jobs ignore it. */
export const flowTypes = [
  'Always',
  'ObjectAddOnly',
  'MultiValueAddOnly',
  'ValueAddOnly',
  'AttributeAddOnly',
] as const
export type FlowType = (typeof flowTypes)[number]

/** Whether an unchanged value is exported again; default FlowWhenChanged. */
export const flowBehaviors = ['FlowWhenChanged', 'FlowAlways'] as const
export type FlowBehavior = (typeof flowBehaviors)[number]

/** The kind of a mapping source; default Attribute. */
export const sourceTypes = ['Attribute', 'Constant', 'Function'] as const
export type SourceType = (typeof sourceTypes)[number]

/** The type of an attribute or a function parameter; default String. */
export const attributeTypes = ['String', 'Integer', 'Reference', 'Binary', 'Boolean', 'DateTime'] as const
export type AttributeType = (typeof attributeTypes)[number]

/** Who may write an attribute; default ReadWrite. */
export const mutabilities = ['ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'] as const
export type Mutability = (typeof mutabilities)[number]

/** The operations that an object mapping allows; as flags, position n stands for 2ⁿ. */
export const objectFlowTypes = ['Add', 'Update', 'Delete'] as const
export type ObjectFlowType = (typeof objectFlowTypes)[number]

/** The discovery operations of a directory; as flags, position n stands for 2ⁿ. */
export const discoverabilities = [
  'AttributeNames',
  'AttributeDataTypes',
  'AttributeReadOnly',
  'ReferenceAttributes',
  'UnknownFutureValue',
] as const
export type Discoverability = (typeof discoverabilities)[number]

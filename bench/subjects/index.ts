import type { Subject } from '../harness/subject.js'
import { attrflowSubjects } from './attrflow.js'
import { builtSubjects } from './built.js'
import { compileSubjects } from './compile.js'
import { handSubjects } from './hand.js'
import { manyMappingsSubjects } from './many-mappings.js'
import { mapObjectSubjects } from './map-object.js'
import { peerSubjects } from './peers.js'
import { scimBodySubjects } from './scim-body.js'

/** Everything that can be timed, by its name: `engine/workload`. */
export const subjects: Readonly<Record<string, () => Subject | Promise<Subject>>> = {
  ...handSubjects,
  ...attrflowSubjects,
  ...builtSubjects,
  ...manyMappingsSubjects,
  ...mapObjectSubjects,
  ...scimBodySubjects,
  ...compileSubjects,
  ...peerSubjects,
}

/** Makes a subject. */
export const makeSubject = (name: string): Subject | Promise<Subject> => {
  const make = subjects[name]
  if (make === undefined) throw new Error(`there is no subject ${name}`)
  return make()
}

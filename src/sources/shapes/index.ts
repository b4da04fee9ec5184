import { graphPowerShellShape, graphShape } from './graph.js'
import { scimShape } from './scim.js'
import type { Shape } from './shape.js'
import { activeDirectoryShape, microsoft365Shape, portalShape } from './tables.js'

/** All shapes, the most specific first. */
export const shapes: readonly Shape[] = [
  scimShape,
  microsoft365Shape,
  graphPowerShellShape,
  portalShape,
  graphShape,
  activeDirectoryShape,
]

/** The values of `--shape`: the names of all shapes, `api` for the schema's own expressions, and `none`. */
export const shapeNames: readonly string[] = [...shapes.map(({ name }) => name), 'api', 'none']

import type { FlowMarker } from '../values/marker.js'

/** Thrown if a flow marker is an argument: the marker is the outcome of the whole expression. */
export class Escape {
  readonly marker: FlowMarker

  constructor(marker: FlowMarker) {
    this.marker = marker
  }
}

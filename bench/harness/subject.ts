/** Something that is timed: it goes over its inputs in batches. */
export interface Subject {
  /** What it makes of its first inputs, to be compared with what the baseline makes of them. */
  outputs(): readonly unknown[] | Promise<readonly unknown[]>
  /** Works through the next inputs, over and over from the first. */
  runBatch(): void | Promise<void>
  /** The operations of one batch. */
  readonly batch: number
}

/** How many outputs have to agree before anything is timed. */
export const CHECKED = 10_000

/** Where results go, so that no engine can tell that nobody looks at them. */
export const sink: { last: unknown } = { last: undefined }

const BATCH = 1000

/** A subject that is a function of one input. */
export const subjectOf = <Input>(inputs: readonly Input[], work: (input: Input) => unknown): Subject => {
  let at = 0
  return {
    outputs: () => inputs.slice(0, CHECKED).map(work),
    runBatch: () => {
      for (let i = 0; i < BATCH; i++) {
        sink.last = work(inputs[at]!)
        at = at + 1 === inputs.length ? 0 : at + 1
      }
    },
    batch: BATCH,
  }
}

/** The same for a function that answers with promises. */
export const asyncSubjectOf = <Input>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<unknown>,
): Subject => {
  let at = 0
  return {
    outputs: async () => {
      const outputs: unknown[] = []
      for (const input of inputs.slice(0, CHECKED)) outputs.push(await work(input))
      return outputs
    },
    runBatch: async () => {
      for (let i = 0; i < BATCH; i++) {
        sink.last = await work(inputs[at]!)
        at = at + 1 === inputs.length ? 0 : at + 1
      }
    },
    batch: BATCH,
  }
}

import fc from 'fast-check'
import { afterAll, beforeEach } from 'vitest'
import { endMetering } from '../../src/dotnet/step-meter.js'
import { removeTemporaryDirectories } from './temporary-directory.js'

/**
 * Properties draw the same values in every run, so that a gate fails for a change and not by chance.
 * FC_SEED=random looks elsewhere, FC_SEED=<number> where a failure was reported.
 */
const seed = process.env.FC_SEED ?? '20261123'

if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) })

// Tests of regular expressions search without evaluating an object: only the budget of each search holds then.
beforeEach(endMetering)

afterAll(removeTemporaryDirectories)

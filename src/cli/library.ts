import { type FunctionLibrary, standardLibrary } from '../functions/index.js'
import type { GlobalArguments } from './command.js'

/** The functions that expressions may call. */
export const libraryOf = ({ functions }: Pick<GlobalArguments, 'functions'>): FunctionLibrary =>
  functions?.library ?? standardLibrary

import { COMMON, testSequences } from './many-sequences.ts'

/* A sequence takes several times as long here: nothing is prepared, and there is one connection. */
testSequences('embedded', 100, COMMON)

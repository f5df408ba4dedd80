import { COMMON, RARE, testSequences } from './many-sequences.ts'

testSequences('postgres', 1900, [...COMMON, ...RARE])

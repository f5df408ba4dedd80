import { lockDataDirectory } from '../../src/database/data-directory-lock.ts'

/** Takes the lock of a data directory whenever it is told to, says whether it got it, and gives it back. */
let unlock: (() => void) | null = null
process.on('message', ({ take }: { take: string | null }) => {
  if (take === null) {
    unlock?.()
    unlock = null
    process.send?.('released')
    return
  }
  try {
    unlock = lockDataDirectory(take)
    process.send?.('taken')
  } catch (error) {
    process.send?.(error instanceof Error ? error.message : 'failed')
  }
})
process.send?.('ready')

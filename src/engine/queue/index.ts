export { ADVANCE_QUEUE, advanceFrom } from './advance.sql.ts'
export { openQueue, type Queue } from './queue.ts'
export { WAKE_QUEUE, wakeFrom } from './wake.sql.ts'

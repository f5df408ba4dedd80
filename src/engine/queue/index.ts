export { openQueue, type Queue } from './queue.ts'
export { WAKE_QUEUE, wakeFrom } from './wake.sql.ts'

export type { Delivery } from './delivery.ts'
export { createMailer, type Letter, type Mailer } from './mailer.ts'

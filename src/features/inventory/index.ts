export { syncInventory } from './inventory.operation.ts'
export { inventoryRoutes } from './inventory.pages.ts'

import type { Routes, StartEndpoint } from '../../web/index.ts'
import { listRoutes } from '../tenant-lists/index.ts'
import { INVENTORY } from './inventory.list.tsx'

/** What is configured in a tenant, as last read. */
export const inventoryRoutes = (start: StartEndpoint): Routes => listRoutes(INVENTORY, start)

import { readdirSync, readFileSync } from 'node:fs'
import { startProduct } from '../browser/product.ts'

const SETTLES_AFTER_MS = 30_000

/** What the product takes when it runs with everything in one process, settled: resident memory in MB, tools that started it included. */
export async function settledMemory(): Promise<number> {
  const product = await startProduct()
  try {
    const cookie = await product.signIn('operator@contoso.example')
    for (const page of ['/admin', '/admin/tenants', '/admin/operations'])
      await (await fetch(product.url + page, { headers: { cookie } })).text()
    await new Promise((resolve) => setTimeout(resolve, SETTLES_AFTER_MS))
    return residentMegabytes(product.pid)
  } finally {
    await product.stop()
  }
}

/** Resident memory of a process and everything it started, from /proc (Linux). */
function residentMegabytes(root: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statusOf(Number(pid)))
  const family = new Set([root])
  for (const { parent, pid } of processes.toSorted((a, b) => a.pid - b.pid))
    if (family.has(parent)) family.add(pid)
  const kilobytes = processes
    .filter(({ pid }) => family.has(pid))
    .reduce((sum, { resident }) => sum + resident, 0)
  return Math.round(kilobytes / 1024)
}

function statusOf(pid: number): { pid: number; parent: number; resident: number }[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    return [{ pid, parent: field('PPid'), resident: field('VmRSS') }]
  } catch {
    return [] // it ended meanwhile
  }
}

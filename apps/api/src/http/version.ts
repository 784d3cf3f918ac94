import { readFileSync } from 'node:fs'

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

/** What runs here; a worker of another version is shown as such. */
export const productVersion = `${version} · Node ${process.versions.node}`

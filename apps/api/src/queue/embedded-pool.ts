import { EventEmitter } from 'node:events'
import { PGlite } from '@electric-sql/pglite'
import { DEFAULT_SCHEMA, type PgPool, type PgPoolClient, runMigrations } from 'bullmq'

/**
 * What BullMQ takes for a node-postgres pool, over one in-memory PGlite in this process, so that the
 * product runs without Redis. PGlite has a single session and lines its statements up itself, so every
 * "client" is that session; notifications reach each of them directly (through a socket they are lost,
 * and jobs start seconds late). Nothing is stored: the sweeper rings again for all that is due.
 */
export async function openEmbeddedPool(): Promise<PgPool> {
  const db = await PGlite.create()
  const bell = new EventEmitter().setMaxListeners(0)
  db.onNotification((channel, payload) => bell.emit('notification', { channel, payload }))

  const query: PgPool['query'] = async (text, params) => {
    // Only `query` takes parameters, only `exec` takes several statements.
    const result = params?.length ? await db.query(text, [...params]) : (await db.exec(text)).at(-1)
    const rows = (result?.rows ?? []) as never[]
    return { rows, rowCount: result?.affectedRows ?? rows.length }
  }
  const connect = async (): Promise<PgPoolClient> => {
    const client = new EventEmitter().setMaxListeners(0)
    const pass = (message: unknown) => client.emit('notification', message)
    bell.on('notification', pass)
    const release = () => {
      bell.off('notification', pass)
    }
    return Object.assign(client, { query, release })
  }
  const setSchema = () => db.exec(`SET search_path TO ${DEFAULT_SCHEMA}`)

  await db.exec(`CREATE SCHEMA IF NOT EXISTS ${DEFAULT_SCHEMA}`)
  await setSchema()
  const migrator = await connect()
  await runMigrations(migrator, DEFAULT_SCHEMA)
  migrator.release()
  await setSchema()

  return Object.assign(new EventEmitter(), {
    query,
    connect,
    end: () => db.close(),
    // Tells BullMQ that this connection cannot silently drop, so it may wait long for a notification.
    options: { keepAlive: true },
  })
}

import { createServer } from 'node:net'

/** A port of this machine nobody listens on right now. */
export const freePort = (): Promise<number> =>
  new Promise((done, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : reject(new Error('no port')),
      )
    })
  })

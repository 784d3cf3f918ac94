import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { apiContracts, open } from './contract.ts'

describe.each(Object.values(apiContracts))('$platform', (contract) => {
  test('asks once more when the connection stands; called off, not a byte of the one call leaves', async () => {
    const world = await open(contract)
    const uploadId = await world.upload()
    const calls = await world.counter(contract.ops.publish)
    let asked = 0
    const no = () => {
      asked++
      return false
    }
    const calledOff = await world.adapter.submit(
      { ...world.ctx, mayStillSend: no },
      world.snapshot(),
      uploadId,
    )
    expect(calledOff).toMatchObject({ kind: 'refused', code: 'called_off', retryable: true })
    expect(asked).toBe(1)
    expect(await calls()).toBe(0)
    expect(await world.posts()).toEqual([])

    const yes = { ...world.ctx, mayStillSend: () => true }
    const sent = await world.adapter.submit(yes, world.snapshot(), uploadId)
    expect(sent.kind).toBe('accepted')
    expect(await calls()).toBe(1)
  })
})

test('the question comes after connecting and before the first byte on the wire', async () => {
  const { kuaishou } = apiContracts
  if (!kuaishou) throw new Error('Kuaishou posts by API')
  const story: string[] = []
  const server = createServer((socket) => {
    story.push('connected')
    socket.on('data', () => story.push('bytes'))
    socket.on('error', () => undefined)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  const world = await open(kuaishou)
  const uploadId = await world.upload()
  const adapter = world.at(kuaishou.aimedAt(`http://127.0.0.1:${address.port}`))
  const answer = await adapter.submit(
    {
      ...world.ctx,
      mayStillSend: () => {
        story.push('asked')
        return false
      },
    },
    world.snapshot(),
    uploadId,
  )
  await new Promise((go) => setTimeout(go, 200))
  expect(answer).toMatchObject({ kind: 'refused', code: 'called_off' })
  expect(story.filter((step) => step !== 'connected')).toEqual(['asked'])

  // Where no connection comes about, nobody is asked: the question belongs to the moment of sending.
  const nowhere = world.at(kuaishou.aimedAt(`http://127.0.0.1:${await freePort()}`))
  const mayStillSend = () => {
    throw new Error('asked too soon')
  }
  const none = await nowhere.submit({ ...world.ctx, mayStillSend }, world.snapshot(), uploadId)
  expect(none).toMatchObject({ kind: 'refused', category: 'unreachable' })
  expect(none).not.toMatchObject({ code: 'called_off' })
})

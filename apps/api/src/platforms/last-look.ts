import { AsyncLocalStorage } from 'node:async_hooks'
import type { ApiAdapter } from './platform.port.ts'

const asked = new AsyncLocalStorage<() => boolean>()

/** Whether the call that happens only once may still begin; asked by `callPlatform` right before the first byte. */
export const mayBegin = (): (() => boolean) => asked.getStore() ?? (() => true)

/**
 * Carries `mayStillSend` of the context to the irreversible call of an adapter, however deep in its client that
 * is made: no adapter can forget to pass it on.
 */
export const withLastLook = <A extends ApiAdapter>(adapter: A): A => ({
  ...adapter,
  submit: (ctx, snapshot, uploadId) =>
    asked.run(ctx.mayStillSend ?? (() => true), () => adapter.submit(ctx, snapshot, uploadId)),
})

import pino from 'pino'

/** The product's log: no secrets by name, no parameters of statements. */
export const createLog = (level: string) =>
  pino({
    level,
    base: null,
    serializers: { err: describeError },
    redact: ['*.password', '*.token', '*.phone', '*.name'],
  })

/** Drizzle puts the parameters of a failed statement into its message; they may be somebody's phone. */
function describeError(error: Error): Record<string, unknown> {
  const message = error.message.replace(/params:[\s\S]*$/, 'params: …')
  return { type: error.name, message, stack: error.stack?.split('\n').slice(1, 8).join('\n') }
}

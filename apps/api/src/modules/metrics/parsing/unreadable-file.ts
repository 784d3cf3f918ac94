import { type Message, say } from '@xingbo/shared/messages'

/** A file nobody can import, with the sentence that tells the person what to do about it. */
export class UnreadableFile extends Error {
  readonly reason: Message

  constructor(key: Message['key'], values?: Message['values']) {
    const reason = { key, ...(values && { values }) }
    super(say('en', reason))
    this.name = 'UnreadableFile'
    this.reason = reason
  }
}

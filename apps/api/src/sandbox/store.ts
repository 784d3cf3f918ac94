import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Platform } from '@xingbo/shared/accounts/platform'
import Sqlite from 'better-sqlite3'

/** What the sandbox holds of one accepted post; times are milliseconds since 1970. */
export type Post = {
  readonly seq: number
  /** The id the platform's API speaks of: photo_id, item_id, publish_id. */
  readonly id: string
  readonly platform: Platform
  readonly openId: string
  readonly account: string
  readonly title: string
  readonly caption: string
  readonly link: string
  readonly shareId: string | null
  readonly coverFile: string | null
  readonly coverSha256: string | null
  readonly coverBytes: number | null
  /** Empty, with a hash and a size of nothing, where a post has no video. */
  readonly videoFile: string
  readonly videoSha256: string
  readonly videoBytes: number
  readonly acceptedAt: number
  readonly publishedAt: number
  /** When the platform's review turned it down; null before that moment. */
  readonly rejectedAt: number | null
  readonly rejectReason: string
  /** When it went away again; null before that moment. */
  readonly deletedAt: number | null
  readonly deletedBy: 'author' | 'platform'
  /** Whatever else came with it, as the platform's own field names have it. */
  readonly extra: Readonly<Record<string, unknown>>
  readonly plays: number
  readonly likes: number
  readonly comments: number
}
export type NewPost = Pick<
  Post,
  | 'id'
  | 'platform'
  | 'openId'
  | 'title'
  | 'caption'
  | 'link'
  | 'shareId'
  | 'coverFile'
  | 'coverSha256'
  | 'coverBytes'
  | 'videoFile'
  | 'videoSha256'
  | 'videoBytes'
  | 'acceptedAt'
  | 'publishedAt'
> &
  Partial<Pick<Post, 'rejectedAt' | 'rejectReason' | 'deletedAt' | 'deletedBy' | 'extra'>>
export type TokenKind = 'code' | 'access' | 'refresh' | 'client' | 'ticket'
export type Upload = {
  readonly token: string
  readonly openId: string
  readonly file: string | null
  readonly sha256: string | null
  readonly bytes: number | null
}
export type Delivery = {
  readonly id: string
  readonly postId: string
  readonly platform: Platform
  readonly body: string
  readonly state: 'due' | 'done' | 'failed'
  readonly tries: number
  readonly answer: string
  /** Not sent before this moment of the sandbox's clock. */
  readonly dueAt: number
}
/** An event to come; `dueAt` is now unless said otherwise. */
export type NewDelivery = Pick<Delivery, 'id' | 'body'> & { readonly dueAt?: number }

const schema = `
create table if not exists accounts (open_id text primary key, platform text not null, name text not null);
create table if not exists tokens (token text primary key, kind text not null, open_id text not null,
  expires_at integer not null);
create table if not exists uploads (token text primary key, open_id text not null, file text, sha256 text,
  bytes integer);
create table if not exists fragments (token text not null, id integer not null, size integer not null,
  checksum text not null, primary key (token, id));
create table if not exists shares (share_id text primary key, created_at integer not null);
create table if not exists links (key text primary key, params text not null);
create table if not exists posts (seq integer primary key autoincrement, id text not null unique,
  platform text not null, open_id text not null references accounts (open_id), title text not null,
  caption text not null, link text not null, share_id text, cover_file text, cover_sha256 text,
  cover_bytes integer, video_file text not null, video_sha256 text not null, video_bytes integer not null,
  accepted_at integer not null, published_at integer not null, deleted_at integer,
  plays integer not null default 0, likes integer not null default 0, comments integer not null default 0);
create table if not exists deliveries (id text primary key, post_id text not null, body text not null,
  state text not null, tries integer not null, answer text not null);
create table if not exists meta (key text primary key, value text not null);
`
/** Columns that came later than the first version of the file. */
const laterColumns: Readonly<Record<string, readonly string[]>> = {
  posts: [
    'rejected_at integer',
    "reject_reason text not null default ''",
    "deleted_by text not null default 'author'",
    "extra text not null default '{}'",
  ],
  deliveries: ["platform text not null default 'douyin'", 'due_at integer not null default 0'],
}

const postColumns = `p.seq, p.id, p.platform, p.open_id as openId, a.name as account, p.title, p.caption,
  p.link, p.share_id as shareId, p.cover_file as coverFile, p.cover_sha256 as coverSha256,
  p.cover_bytes as coverBytes, p.video_file as videoFile, p.video_sha256 as videoSha256,
  p.video_bytes as videoBytes, p.accepted_at as acceptedAt, p.published_at as publishedAt,
  p.rejected_at as rejectedAt, p.reject_reason as rejectReason, p.deleted_at as deletedAt,
  p.deleted_by as deletedBy, p.extra, p.plays, p.likes, p.comments
  from posts p join accounts a using (open_id)`
const deliveryColumns = `id, post_id as postId, platform, body, state, tries, answer, due_at as dueAt
  from deliveries`
type PostRow = Omit<Post, 'extra'> & { readonly extra: string }

/**
 * The sandbox's own file, apart from the product's database: it is the witness of what really arrived, so
 * each accepted post is on disk (`synchronous=FULL`) before the answer leaves. What lies ahead of `now` (a
 * post accepted late, a removal next week) is on file, but nobody sees it yet.
 */
export function openStore(dir: string, now: () => number) {
  mkdirSync(join(dir, 'files'), { recursive: true })
  const db = new Sqlite(join(dir, 'sandbox.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.exec(schema)
  const one = <T>(sql: string, ...values: unknown[]): T | null =>
    (db.prepare(sql).get(...values) as T | undefined) ?? null
  const all = <T>(sql: string, ...values: unknown[]): T[] => db.prepare(sql).all(...values) as T[]
  const run = (sql: string, ...values: unknown[]): number => db.prepare(sql).run(...values).changes
  for (const [table, columns] of Object.entries(laterColumns)) {
    const there = all<{ name: string }>(`select name from pragma_table_info('${table}')`)
    for (const column of columns)
      if (!there.some(({ name }) => column.startsWith(`${name} `)))
        db.exec(`alter table ${table} add column ${column}`)
  }
  const past = (at: number | null): number | null => (at !== null && at <= now() ? at : null)
  const seen = (row: PostRow): Post => ({
    ...row,
    extra: JSON.parse(row.extra) as Record<string, unknown>,
    rejectedAt: past(row.rejectedAt),
    deletedAt: past(row.deletedAt),
  })
  const postsWhere = (where: string, ...values: unknown[]): Post[] =>
    all<PostRow>(
      `select ${postColumns} where p.accepted_at <= ? and ${where} order by p.accepted_at desc, p.seq desc`,
      now(),
      ...values,
    ).map(seen)
  const postWhere = (where: string, ...values: unknown[]): Post | null => {
    const row = one<PostRow>(
      `select ${postColumns} where p.accepted_at <= ? and ${where}`,
      now(),
      ...values,
    )
    return row && seen(row)
  }

  return {
    filesDir: join(dir, 'files'),
    close: () => db.close(),

    /** The account of that name, made on first sight; its id is always the same. */
    account(platform: Post['platform'], name: string): string {
      const openId = `${platform}-${createHash('sha256').update(name).digest('hex').slice(0, 20)}`
      run('insert or ignore into accounts values (?, ?, ?)', openId, platform, name)
      return openId
    },
    accountName: (openId: string): string =>
      one<{ name: string }>('select name from accounts where open_id = ?', openId)?.name ?? '',
    accounts: (platform: Post['platform']): string[] =>
      all<{ name: string }>(
        'select name from accounts where platform = ? order by name',
        platform,
      ).map((row) => row.name),

    putToken: (kind: TokenKind, token: string, openId: string, expiresAt: number) =>
      run('insert into tokens values (?, ?, ?, ?)', token, kind, openId, expiresAt),
    token: (kind: TokenKind, token: string) =>
      one<{ openId: string; expiresAt: number }>(
        'select open_id as openId, expires_at as expiresAt from tokens where kind = ? and token = ?',
        kind,
        token,
      ),
    /** Tokens of one kind that are still good at `now`. */
    liveTokens: (kind: TokenKind, now: number): string[] =>
      all<{ token: string }>(
        'select token from tokens where kind = ? and expires_at > ?',
        kind,
        now,
      ).map((row) => row.token),
    dropToken: (token: string) => run('delete from tokens where token = ?', token),

    startUpload: (token: string, openId: string) =>
      run('insert into uploads values (?, ?, null, null, null)', token, openId),
    upload: (token: string) =>
      one<Upload>(
        'select token, open_id as openId, file, sha256, bytes from uploads where token = ?',
        token,
      ),
    finishUpload: (token: string, file: string, sha256: string, bytes: number) =>
      run(
        'update uploads set file = ?, sha256 = ?, bytes = ? where token = ?',
        file,
        sha256,
        bytes,
        token,
      ),
    putFragment: (token: string, id: number, size: number, checksum: string) =>
      run('insert or replace into fragments values (?, ?, ?, ?)', token, id, size, checksum),
    fragments: (token: string) =>
      all<{ id: number; size: number; checksum: string }>(
        'select id, size, checksum from fragments where token = ? order by id',
        token,
      ),

    putShare: (shareId: string, at: number) => run('insert into shares values (?, ?)', shareId, at),
    hasShare: (shareId: string): boolean =>
      one('select 1 from shares where share_id = ?', shareId) !== null,
    putLink: (key: string, params: string) => run('insert into links values (?, ?)', key, params),
    link: (key: string): string | null =>
      one<{ params: string }>('select params from links where key = ?', key)?.params ?? null,

    /** Takes the post and, if there is one, the webhook that tells of it, in one durable commit. */
    accept: db.transaction((post: NewPost, delivery: NewDelivery | null) => {
      run(
        `insert into posts (id, platform, open_id, title, caption, link, share_id, cover_file,
           cover_sha256, cover_bytes, video_file, video_sha256, video_bytes, accepted_at, published_at,
           rejected_at, reject_reason, deleted_at, deleted_by, extra)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        post.id,
        post.platform,
        post.openId,
        post.title,
        post.caption,
        post.link,
        post.shareId,
        post.coverFile,
        post.coverSha256,
        post.coverBytes,
        post.videoFile,
        post.videoSha256,
        post.videoBytes,
        post.acceptedAt,
        post.publishedAt,
        post.rejectedAt ?? null,
        post.rejectReason ?? '',
        post.deletedAt ?? null,
        post.deletedBy ?? 'author',
        JSON.stringify(post.extra ?? {}),
      )
      if (delivery)
        run(
          "insert into deliveries values (?, ?, ?, 'due', 0, '', ?, ?)",
          delivery.id,
          post.id,
          delivery.body,
          post.platform,
          delivery.dueAt ?? now(),
        )
    }) as (post: NewPost, delivery: NewDelivery | null) => void,
    /** Gives a post another id, in its events too. */
    renamePost: db.transaction((id: string, to: string) => {
      run('update posts set id = ? where id = ?', to, id)
      run(
        'update deliveries set post_id = ?, body = replace(body, ?, ?) where post_id = ?',
        to,
        JSON.stringify(id).slice(1, -1),
        to,
        id,
      )
    }),
    /** Everything accepted by now, newest first. */
    posts: (): Post[] => postsWhere('true'),
    /** What the platform still has of an account: neither removed nor turned down. */
    postsOf: (openId: string): Post[] =>
      postsWhere('p.open_id = ?', openId).filter(
        (post) => post.deletedAt === null && post.rejectedAt === null,
      ),
    /** Those turned down and removed as well, for platforms that go on telling of them. */
    everyPostOf: (openId: string): Post[] => postsWhere('p.open_id = ?', openId),
    post: (id: string): Post | null => postWhere('p.id = ?', id),
    postBySeq: (seq: number): Post | null => postWhere('p.seq = ?', seq),
    /** Of a share that was used, even if the post will only be seen later. */
    postOfShare: (shareId: string): boolean =>
      one('select 1 from posts where share_id = ?', shareId) !== null,
    deletePost: (id: string, at: number, by: Post['deletedBy'] = 'author') =>
      run('update posts set deleted_at = ?, deleted_by = ? where id = ?', at, by, id),
    rejectPost: (id: string, at: number, reason: string) =>
      run('update posts set rejected_at = ?, reject_reason = ? where id = ?', at, reason, id),
    setCounts: (id: string, plays: number, likes: number, comments: number) =>
      run(
        'update posts set plays = ?, likes = ?, comments = ? where id = ?',
        plays,
        likes,
        comments,
        id,
      ),

    deliveries: (postId: string): Delivery[] =>
      all<Delivery>(`select ${deliveryColumns} where post_id = ?`, postId),
    putDelivery: (platform: Platform, postId: string, delivery: NewDelivery) =>
      run(
        "insert into deliveries values (?, ?, ?, 'due', 0, '', ?, ?)",
        delivery.id,
        postId,
        delivery.body,
        platform,
        delivery.dueAt ?? now(),
      ),
    /** Not yet sent, or not yet answered; those of a moment to come as well. */
    openDeliveries: (): Delivery[] =>
      all<Delivery>(`select ${deliveryColumns} where state = 'due' order by due_at, rowid`),
    noteDelivery: (id: string, state: Delivery['state'], tries: number, answer: string) =>
      run(
        'update deliveries set state = ?, tries = ?, answer = ? where id = ?',
        state,
        tries,
        answer,
        id,
      ),

    meta: (key: string): string | null =>
      one<{ value: string }>('select value from meta where key = ?', key)?.value ?? null,
    /** The values of every key that begins like this. */
    metaUnder: (prefix: string): string[] =>
      all<{ value: string }>(
        'select value from meta where substr(key, 1, ?) = ? order by rowid',
        prefix.length,
        prefix,
      ).map(({ value }) => value),
    putMeta: (key: string, value: string) =>
      run(
        'insert into meta values (?, ?) on conflict (key) do update set value = excluded.value',
        key,
        value,
      ),
  }
}
export type Store = ReturnType<typeof openStore>

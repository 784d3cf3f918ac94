import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** What the sandbox holds of one accepted post; times are milliseconds since 1970. */
export type Post = {
  readonly seq: number
  /** The id the platform's API speaks of: photo_id, item_id. */
  readonly id: string
  readonly platform: 'kuaishou' | 'douyin'
  readonly openId: string
  readonly account: string
  readonly title: string
  readonly caption: string
  readonly link: string
  readonly shareId: string | null
  readonly coverFile: string | null
  readonly coverSha256: string | null
  readonly coverBytes: number | null
  readonly videoFile: string
  readonly videoSha256: string
  readonly videoBytes: number
  readonly acceptedAt: number
  readonly publishedAt: number
  readonly deletedAt: number | null
  readonly plays: number
  readonly likes: number
  readonly comments: number
}
export type NewPost = Omit<Post, 'seq' | 'account' | 'deletedAt' | 'plays' | 'likes' | 'comments'>
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
  readonly body: string
  readonly state: 'due' | 'done' | 'failed'
  readonly tries: number
  readonly answer: string
}

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
`

const postColumns = `p.seq, p.id, p.platform, p.open_id as openId, a.name as account, p.title, p.caption,
  p.link, p.share_id as shareId, p.cover_file as coverFile, p.cover_sha256 as coverSha256,
  p.cover_bytes as coverBytes, p.video_file as videoFile, p.video_sha256 as videoSha256,
  p.video_bytes as videoBytes, p.accepted_at as acceptedAt, p.published_at as publishedAt,
  p.deleted_at as deletedAt, p.plays, p.likes, p.comments from posts p join accounts a using (open_id)`

/**
 * The sandbox's own file, apart from the product's database: it is the witness of what really arrived, so
 * each accepted post is on disk (`synchronous=FULL`) before the answer leaves.
 */
export function openStore(dir: string) {
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
    accept: db.transaction((post: NewPost, delivery: Pick<Delivery, 'id' | 'body'> | null) => {
      run(
        `insert into posts (id, platform, open_id, title, caption, link, share_id, cover_file,
           cover_sha256, cover_bytes, video_file, video_sha256, video_bytes, accepted_at, published_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      )
      if (delivery)
        run(
          "insert into deliveries values (?, ?, ?, 'due', 0, '')",
          delivery.id,
          post.id,
          delivery.body,
        )
    }),
    posts: (): Post[] => all<Post>(`select ${postColumns} order by p.seq desc`),
    postsOf: (openId: string): Post[] =>
      all<Post>(
        `select ${postColumns} where p.open_id = ? and p.deleted_at is null order by p.seq desc`,
        openId,
      ),
    post: (id: string): Post | null => one<Post>(`select ${postColumns} where p.id = ?`, id),
    postBySeq: (seq: number): Post | null =>
      one<Post>(`select ${postColumns} where p.seq = ?`, seq),
    postOfShare: (shareId: string): Post | null =>
      one<Post>(`select ${postColumns} where p.share_id = ?`, shareId),
    deletePost: (id: string, at: number) =>
      run('update posts set deleted_at = ? where id = ?', at, id),
    setCounts: (id: string, plays: number, likes: number, comments: number) =>
      run(
        'update posts set plays = ?, likes = ?, comments = ? where id = ?',
        plays,
        likes,
        comments,
        id,
      ),

    deliveries: (postId: string): Delivery[] =>
      all<Delivery>(
        'select id, post_id as postId, body, state, tries, answer from deliveries where post_id = ?',
        postId,
      ),
    dueDeliveries: (): Delivery[] =>
      all<Delivery>(
        "select id, post_id as postId, body, state, tries, answer from deliveries where state = 'due'",
      ),
    noteDelivery: (id: string, state: Delivery['state'], tries: number, answer: string) =>
      run(
        'update deliveries set state = ?, tries = ?, answer = ? where id = ?',
        state,
        tries,
        answer,
        id,
      ),
  }
}
export type Store = ReturnType<typeof openStore>

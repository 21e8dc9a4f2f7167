/** Types of madang-client.js. The guide is docs/clients/javascript.md. */

/** What the server, or the way to it, refused. `message` is a sentence for the reader. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: Record<string, any>;
  /** 0 where nobody answered. */
  readonly status: number;
  readonly retryAfterSeconds: number;
  readonly unreachable: boolean;
  /** The sentence that belongs to one field of a form, if the server named it. */
  field(name: string): string;
}

/** What a call on the socket ended with when it was not a result. */
export class SocketError extends Error {
  readonly code: string;
  readonly details: Record<string, any>;
  readonly retry_after_ms: number;
  /** The call was lost on the way; asking again is right. */
  readonly lost: boolean;
}

/** A value that tells when it changes, as an event `change` and to whoever subscribed. */
export interface Store<T> extends EventTarget {
  readonly value: T;
  /** Calls back after every change; returns the function that ends it. */
  subscribe(listener: (value: T) => void): () => void;
}

export interface Author {
  id: string;
  nickname: string;
  profile_image_url: string | null;
  is_bot: boolean;
}

/** What is answered; of a deleted message without its text. */
export interface Quote {
  id: string;
  seq: number;
  author: Author | null;
  text: string | null;
}

export interface Reaction {
  emoji: string;
  count: number;
  /** The first hundred. */
  users: string[];
}

/** What happened in the room, for you to put into words. */
export interface Notice {
  code: string;
  args: Record<string, string>;
}

/** What a message brings; `/chat/files/{id}` has it, and its `/thumbnail` where there is one. */
export interface FileView {
  id: string;
  name: string;
  mime_type: string;
  size: number;
  width: number | null;
  height: number | null;
  has_thumbnail: boolean;
}

export interface LinkPreview {
  url: string;
  title: string;
  description: string | null;
  image_url: string | null;
  site: string | null;
}

export interface Message {
  id: string;
  room: string;
  seq: number;
  changed_seq: number;
  kind: 'text' | 'notice' | 'file' | 'image' | 'system';
  author: Author | null;
  text: string | null;
  reply_to: Quote | null;
  notice: Notice | null;
  client_key: string | null;
  thread: string | null;
  replies: number;
  mentions: string[];
  reactions: Reaction[];
  pinned_at: string | null;
  file: FileView | null;
  preview: LinkPreview | null;
  encrypted_keys: Record<string, string> | null;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
}

/** What the server answers when a room is taken up; `muted_until` and `my_role` are mine. */
export interface Opened {
  room: string;
  last_seq: number;
  read_seq: number;
  unread: number;
  online: string[];
  online_count: number;
  my_role: 'owner' | 'moderator' | 'member' | null;
  muted_until: string | null;
  slow_mode_seconds: number;
  changes?: Message[];
  reset?: boolean;
  items?: Message[];
}

export interface ReadBy {
  room: string;
  user: string;
  seq: number;
}

/** The room is not what it was; where `user` is named, what he is in it. */
export interface LookAgain {
  room: string;
  user: string | null;
}

export interface Closed {
  room: string;
  reason: string;
}

/** What the server is told when one speaks, beside the text. */
export interface More {
  reply_to?: string;
  thread?: string;
  encrypted_keys?: Record<string, string>;
}

/** Something said that is not acknowledged yet. */
export interface Pending {
  client_key: string;
  say: More & { text: string };
  shown: Record<string, any>;
  state: 'sending' | 'failed';
  error: string;
  created_at: string;
}

/** What one says in a room until the server has it for certain. Dispatches `acknowledged` (a `Message`). */
export interface Outbox extends Store<Pending[]> {
  say(say: More & { text: string }, shown?: Record<string, any>): string;
  /** Sends again what was refused. */
  resend(clientKey: string): void;
  discard(clientKey: string): void;
  /** The name by which a message of mine was known before the server gave it one. */
  keyOf(message: { id: string }): string;
}

export interface RoomEvents {
  /** In the order of the log; `since` is where the room stood before. */
  changes: { messages: Message[]; since: number };
  /** Too much was missed: this is the newest page. */
  reset: Message[];
  opened: Opened;
  read: ReadBy;
  room: LookAgain;
  closed: Closed;
  refused: SocketError;
}

/** What one room tells, complete and in order. */
export interface Room extends EventTarget {
  readonly id: string;
  readonly outbox: Outbox;
  readonly people: Store<{ online: Set<string>; count: number; typing: string[] }>;
  addEventListener<K extends keyof RoomEvents>(name: K, listener: (event: CustomEvent<RoomEvents[K]>) => void, options?: AddEventListenerOptions): void;
  addEventListener(name: string, listener: EventListenerOrEventListenerObject | null, options?: AddEventListenerOptions | boolean): void;
  /** Says something; it shows in `outbox` at once and is stored exactly once. Answers its key. */
  send(text: string, more?: More, shown?: Record<string, any>): string;
  edit(message: string, text: string): Promise<Message>;
  remove(message: string): Promise<Message>;
  read(seq: number): Promise<{ read_seq: number; unread: number }>;
  typing(): void;
  history(range?: { before?: number; after?: number; thread?: string; limit?: number }): Promise<{ items: Message[]; next_cursor: string | null }>;
}

/** Requests under /api/v1, the envelope taken off, one Idempotency-Key through all tries. */
export interface Api extends EventTarget {
  readonly memory: Memory;
  get(path: string, query?: Record<string, any>): Promise<any>;
  post(path: string, body?: any): Promise<any>;
  put(path: string, body?: any): Promise<any>;
  /** With an `etag` it is refused by 412 where the thing is another by now. */
  patch(path: string, body: any, etag?: string): Promise<any>;
  delete(path: string): Promise<any>;
  blob(path: string): Promise<Blob>;
  /** Comes in by one of the ways under `/auth` that answer tokens: the user. */
  enter(path: string, body: Record<string, any>): Promise<Record<string, any>>;
  /** As `enter`, for who is in already and becomes somebody else by it. */
  become(path: string, body: Record<string, any>): Promise<Record<string, any>>;
  /** Posts what anybody may, before anybody is in. */
  call(path: string, body?: Record<string, any>): Promise<any>;
  /** Gets what anybody may, before anybody is in. */
  ask(path: string, query?: Record<string, any>): Promise<any>;
  /** Gives up the account, and with it the session. */
  quit(path: string, body: Record<string, any>): Promise<void>;
  upload(path: string, form: FormData, watch?: { told?: (share: number) => void; signal?: AbortSignal }): Promise<any>;
}

export interface Socket extends EventTarget {
  readonly state: Store<'off' | 'connecting' | 'open' | 'waiting'>;
  start(): void;
  stop(): void;
  /** Asks and waits for the answer. */
  call(method: string, params: Record<string, any>): Promise<any>;
  /** Says something that nobody waits for. */
  tell(method: string, params: Record<string, any>): void;
  /** Hears every push of a method; returns the function that ends it. */
  on(method: string, listener: (params: any) => void): () => void;
}

export interface Memory {
  refreshToken?: string;
  deviceToken?: string;
}

export interface Options {
  /** Where Madang is; a page's own host without one. */
  url?: string;
  /** This is a page of that very host: the session is its cookie. */
  isPage?: boolean;
  /** What an earlier run remembered; `api` dispatches `remember` whenever it changes. */
  memory?: Memory;
  /** In which language sentences come. */
  language?: () => string | undefined;
  /** The sentence where the server said none. */
  words?: (code: 'UNREACHABLE' | 'SERVER_ERROR') => string;
  fetch?: typeof fetch;
  /** Which sockets to use; server-sent events where there are none. */
  WebSocket?: typeof WebSocket;
  /** Where what is not sent yet outlives the program. */
  outbox?: { recall(room: string): Pending[]; keep(room: string, pending: Pending[]): void };
}

/** Madang for other programs. */
export class Madang {
  constructor(options?: Options);
  readonly api: Api;
  readonly socket: Socket;
  readonly user: Record<string, any> | null;
  signUp(person: Record<string, any>): Promise<Record<string, any>>;
  signIn(credentials: Record<string, any>): Promise<Record<string, any>>;
  /** Takes up the remembered session: the user, or null where there is none. */
  resume(): Promise<Record<string, any> | null>;
  signOut(options?: { everywhere?: boolean }): Promise<void>;
  /** The room, heard until it is released as often as it was held. */
  hold(room: string, position?: number): Room;
  release(room: string): void;
}

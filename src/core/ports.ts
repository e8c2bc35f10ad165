import type { OutputFormat } from "./models/model.ts";

/** Where tasks are sent, and with which key. */
export interface Endpoint {
  /** Its name in job files: `sandbox`, or the API's address. Never contains a key. */
  readonly name: string;
  readonly url: string;
  readonly key: string;
  /**
   * Answers all requests to this endpoint, tasks and pictures, in place of `Ports.fetch`. Only the
   * sandbox has it: it is reached by this object, and not by any address that a setting or an
   * answer could name.
   */
  readonly fetch?: Fetch;
}

/** Sends a request, like the global `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Format and size of a picture, from its first bytes. */
export interface PictureHeader {
  readonly format: OutputFormat;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Whether it has an alpha channel; absent if it has none. */
  readonly hasAlpha?: boolean;
  /** Whether it is an animation, of which Limn reads the first frame; absent if it is none. */
  readonly isAnimated?: boolean;
}

/** One text file per job. Names are UUIDs. The index has the content of many files in one. */
export interface JournalPort {
  list(): Promise<string[]>;
  /** The text, or `undefined` if there is no such file. */
  read(id: string): Promise<string | undefined>;
  /** A value that is another one after each `write`; `undefined` if there is no such file. */
  version(id: string): Promise<string | undefined>;
  /** The versions of many files, in the same order. */
  versions(ids: readonly string[]): Promise<readonly (string | undefined)[]>;
  /**
   * A value that is another one after any file was added, replaced or removed, by any process;
   * `undefined` if that is not certain.
   */
  listVersion(): Promise<string | undefined>;
  /**
   * Replaces the file atomically and is durable when it resolves. `pending`: something is left to
   * do that needs no user, and that another process takes over when this one ends.
   */
  write(id: string, text: string, pending?: boolean): Promise<void>;
  remove(id: string): Promise<void>;
  /**
   * The lines of the index but those that are damaged; none if there is no index. They come in
   * groups; a line must be taken before the next group.
   */
  readIndex(): AsyncIterable<Iterable<string>>;
  /** Replaces the index atomically. A line has no line break. */
  writeIndex(lines: Iterable<string>): Promise<void>;
  /** Deletes the index, if there is one. */
  removeIndex(): Promise<void>;
}

/** The bytes of a file in chunks, from the network or from memory. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The folder in which every picture is stored first. Names are plain file names. */
export interface VaultPort {
  /**
   * Writes a file chunk by chunk and asks for its name at its end. Atomic and durable when it
   * resolves; writing the same name again is harmless. If the chunks fail, it leaves nothing and
   * rejects with their error.
   */
  write(chunks: Chunks, name: () => string): Promise<void>;
  /**
   * Writes a file to a fallback folder in the same way, if the vault cannot be written. Resolves to
   * the file's path.
   */
  writeToFallbackFolder(chunks: Chunks, name: () => string): Promise<string>;
  /** The files in fallback folders: each path by its name. */
  listFallbackFiles(): Promise<ReadonlyMap<string, string>>;
  /** Names of the files in the vault itself. */
  list(): Promise<ReadonlySet<string>>;
  /** The bytes, from the vault or a fallback folder; `undefined` if there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  has(name: string): Promise<boolean>;
}

/** Files of the workspace, by URI. Pictures come from the vault, by their name there. */
export interface FilesPort {
  /** Bytes of the file, or `undefined` if there is none. */
  size(uri: string): Promise<number | undefined>;
  /**
   * Copies a picture to a new file and creates its missing folders; `false`, without any change, if
   * the name is taken.
   */
  create(uri: string, name: string): Promise<boolean>;
  /** Whether the file has the same bytes as the picture. */
  hasContentOf(uri: string, name: string): Promise<boolean>;
  /**
   * Replaces a draft image by a picture; the user can undo it. `false`, without any change, if the
   * file is none, such as one that the user has changed.
   */
  replaceDraft(uri: string, name: string): Promise<boolean>;
}

/**
 * The log that the user reads when something went wrong. It never gets keys, prompts or image data.
 */
export interface LogPort {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The user's limits in US dollars; absent if there is no limit. */
export interface Limits {
  /** The user is asked about a request that is expected to cost more. */
  readonly askAbove?: number;
  readonly perDay?: number;
  readonly perMonth?: number;
}

/** A request that costs more than the amount above which the user is asked. */
export interface ExpensiveRequest {
  /** Its expected cost in USD. */
  readonly estimate: number;
  /** The amount in USD above which the user is asked. */
  readonly askAbove: number;
  /** Number of pictures. */
  readonly count: number;
}

/** The user's budget. */
export interface BudgetPort {
  /**
   * Read at each call.
   * @throws LimnError if the limits cannot be read: then nothing is bought.
   */
  limits(): Limits;
  /** Asks the user whether to buy it all the same. */
  approve(request: ExpensiveRequest): Promise<boolean>;
  /** Called when a request for real money is stored and may be sent. Must not throw. */
  onPurchase?(): void;
}

/** A timer that fires once, unless it is canceled before. */
export interface Timer {
  /** Starts the time again. */
  restart(): void;
  /** The timer will not fire any more. */
  cancel(): void;
}

/** Everything that `core` needs from outside. */
export interface Ports {
  /** Called through the object each time, because VS Code may replace the global later. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Calls `onElapsed` once after `ms` milliseconds. It limits waits for others; `sleep` is for
   * Limn's own pauses.
   */
  timer(ms: number, onElapsed: () => void): Timer;
  /**
   * Milliseconds without data before a request or a download is given up, as set by the user;
   * `undefined` for the defaults. Read at each call.
   */
  idleTimeoutSetting(): number | undefined;
  /** A new UUID v4. */
  uuid(): string;
  /**
   * The endpoint in use, or the one that a job names; `undefined` if that one is not configured any
   * more.
   * @throws LimnError of kind `key` if there is no key.
   */
  endpoint(name?: string): Promise<Endpoint | undefined>;
  journal: JournalPort;
  vault: VaultPort;
  files: FilesPort;
  budget: BudgetPort;
  /**
   * URI of the workspace folder for pictures in the target's folder; `undefined` if none is open.
   */
  workspaceOf(folder: string): string | undefined;
  /** Reads a picture's header; `undefined` if the bytes are not a PNG, JPEG or WebP. */
  probe(bytes: Uint8Array): PictureHeader | undefined;
  /**
   * Whether every pixel of a stored picture is opaque, whatever its header says. Rejects if it
   * cannot be decoded.
   */
  isOpaque(file: string): Promise<boolean>;
  decodeBase64(text: string): Uint8Array;
  /** A view of the same bytes, whose `indexOf` takes a third of the time of a plain array's. */
  searchable(bytes: Uint8Array): Uint8Array;
  log: LogPort;
}

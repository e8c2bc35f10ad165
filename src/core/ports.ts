import type { OutputFormat } from "./models/model.ts";

/** Where tasks are sent, and with what key. */
export interface Endpoint {
  /** What a job remembers of it: `sandbox`, or the API's address. Never holds a key. */
  readonly name: string;
  readonly url: string;
  readonly key: string;
}

/** Facts read from a picture's own header. */
export interface PictureFacts {
  readonly format: OutputFormat;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** One text file per job. Names are UUIDs. */
export interface JournalPort {
  list(): Promise<string[]>;
  /** The text, or `undefined` where there is no such file. */
  read(id: string): Promise<string | undefined>;
  /**
   * Replaces the file atomically and is durable when it resolves. `pending`: something is left to
   * do that needs no user, and that another process takes over when this one ends.
   */
  write(id: string, text: string, pending?: boolean): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Bytes of a file, one piece after the other: as they come from the network, or all at once. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Where every picture lands first. Names are plain file names. */
export interface VaultPort {
  /**
   * Takes in a file piece by piece and asks for its name when it has its end. Atomic and durable
   * when it resolves; writing the same name again is harmless. Where the pieces fail it leaves
   * nothing and rejects with what they threw.
   */
  write(chunks: Chunks, name: () => string): Promise<void>;
  /**
   * Takes in a file in the same way, outside, for when the vault itself cannot be written; gives
   * the file's path.
   */
  writeToFallbackFolder(chunks: Chunks, name: () => string): Promise<string>;
  /**
   * The files that lie outside because the vault could not take them: each one's path, by its name.
   */
  listFallbackFiles(): Promise<ReadonlyMap<string, string>>;
  /** The bytes, wherever they were written; `undefined` where there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  has(name: string): Promise<boolean>;
}

/** Files of the workspace, by URI. Pictures come from the vault, by the name they have there. */
export interface FilesPort {
  /** Bytes of the file, or `undefined` where there is none. */
  size(uri: string): Promise<number | undefined>;
  /**
   * Copies a picture to a new file, with its missing folders; `false`, and no change, where the
   * name is taken already.
   */
  create(uri: string, name: string): Promise<boolean>;
  /** Whether the file has the very bytes of the picture. */
  hasContentOf(uri: string, name: string): Promise<boolean>;
}

/**
 * A place for what a person may want to read when something went wrong. Never given keys, prompts
 * or image data.
 */
export interface LogPort {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What a person allows, in US dollars; absent where there is no limit. */
export interface Limits {
  /** A request that is expected to cost more is asked about. */
  readonly askAbove?: number;
  readonly perDay?: number;
  readonly perMonth?: number;
}

/** A request that is dearer than the amount above which the user is asked. */
export interface ExpensiveRequest {
  /** USD it is expected to cost. */
  readonly estimate: number;
  /** USD above which they are asked. */
  readonly askAbove: number;
  /** Number of pictures. */
  readonly count: number;
}

/** How much a person allows. */
export interface BudgetPort {
  /**
   * Read at each call. Throws a `LimnError` where the limits cannot be read: then nothing is
   * bought.
   */
  limits(): Limits;
  /** Asks whether it is to be bought all the same. */
  approve(request: ExpensiveRequest): Promise<boolean>;
  /** Called when a request for real money has been written down and may be sent. Must not throw. */
  onPurchase?(): void;
}

/** A timer that rings once, unless it is ended before. */
export interface Timer {
  /** Starts its time anew. */
  restart(): void;
  /** It will not ring any more. */
  cancel(): void;
}

/** What `core` needs from the world. */
export interface Ports {
  /**
   * Called through the object each time, so that VS Code's later patches of the global are
   * honoured.
   */
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Calls `ring` once after `ms` milliseconds: how long is waited for others, as `sleep` is how
   * long Limn itself waits.
   */
  timer(ms: number, onElapsed: () => void): Timer;
  /**
   * Milliseconds without data before a request or a download is given up, as the user has set it;
   * `undefined` for the usual values. Read at each call.
   */
  idleTimeoutSetting(): number | undefined;
  /** A new UUID v4. */
  uuid(): string;
  /**
   * The endpoint in use, or the one a job remembers by name; `undefined` where that one is no
   * longer the configured one.
   * @throws LimnError of kind `key` where there is no key.
   */
  endpoint(name?: string): Promise<Endpoint | undefined>;
  journal: JournalPort;
  vault: VaultPort;
  files: FilesPort;
  budget: BudgetPort;
  /**
   * URI of the workspace folder that pictures in the target's folder are for; `undefined` where
   * none is open.
   */
  workspaceOf(folder: string): string | undefined;
  /** Reads a picture's header; `undefined` where the bytes are not a PNG, JPEG or WebP. */
  probe(bytes: Uint8Array): PictureFacts | undefined;
  decodeBase64(text: string): Uint8Array;
  log: LogPort;
}

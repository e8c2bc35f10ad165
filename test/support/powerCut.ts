import type * as fs from "node:fs/promises";

/** One thing a program told the file system, and has been told is done. */
type Step =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "create"; readonly path: string }
  | { readonly kind: "write"; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: "sync"; readonly path: string }
  | { readonly kind: "link"; readonly path: string; readonly to: string }
  | { readonly kind: "remove"; readonly path: string };

/** Files by path, after a power cut. */
export type DiskState = ReadonlyMap<string, Uint8Array>;

/** A file's bytes, whatever its names; `safe` are those that were synced. */
interface FileContent {
  bytes: Uint8Array;
  synced: Uint8Array;
}

/** A name that came, or went, and may be so on the disk or not. */
interface PendingName {
  readonly path: string;
  readonly content: FileContent | undefined;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

function setOrDelete<Value>(map: Map<string, Value>, path: string, value: Value | undefined): void {
  if (value === undefined) {
    map.delete(path);
  } else {
    map.set(path, value);
  }
}

/** What is on the disk after some steps, and what may be. */
class DiskModel {
  /** What a running program sees. */
  readonly #names = new Map<string, FileContent>();
  /** What a power cut leaves for sure. */
  readonly #synced = new Map<string, FileContent>();
  #pending: PendingName[] = [];
  /** Folders that were made, and whether the folder above was synced since. */
  readonly #folders = new Map<string, boolean>();

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    for (const [path, bytes] of files) {
      const content = { bytes, synced: bytes };
      this.#names.set(path, content);
      this.#synced.set(path, content);
    }
  }

  apply(step: Step): void {
    const content = this.#names.get(step.path);
    if (step.kind === "folder") {
      this.#folders.set(step.path, false);
    } else if (step.kind === "create") {
      this.#setName(step.path, { bytes: new Uint8Array(), synced: new Uint8Array() });
    } else if (step.kind === "remove") {
      this.#setName(step.path, undefined);
    } else if (step.kind === "link") {
      this.#setName(step.to, content);
    } else if (content !== undefined) {
      content.bytes = step.kind === "write" ? step.bytes : content.bytes;
      content.synced = step.kind === "sync" ? content.bytes : content.synced;
    } else {
      this.#syncFolder(step.path);
    }
  }

  #setName(path: string, content: FileContent | undefined): void {
    setOrDelete(this.#names, path, content);
    this.#pending.push({ path, content });
  }

  #syncFolder(folder: string): void {
    for (const { path, content } of this.#pending.filter(({ path: own }) => parentOf(own) === folder)) {
      setOrDelete(this.#synced, path, content);
    }
    this.#pending = this.#pending.filter(({ path }) => parentOf(path) !== folder);
    for (const made of [...this.#folders.keys()].filter((path) => parentOf(path) === folder)) {
      this.#folders.set(made, true);
    }
  }

  /**
   * Every name that is pending may have made it or not, each on its own; and of bytes that were not
   * synced all, half or none.
   */
  *states(): Generator<DiskState> {
    const lost = [...this.#folders].filter(([, isSafe]) => !isSafe).map(([path]) => `${path}/`);
    for (let choice = 0; choice < 2 ** this.#pending.length; choice++) {
      const names = new Map(this.#synced);
      for (const { path, content } of this.#pending.filter((_, index) => (choice >> index) & 1)) {
        setOrDelete(names, path, content);
      }
      const there = [...names].filter(([path]) => !lost.some((folder) => path.startsWith(folder)));
      for (const share of [0, 0.5, 1]) {
        const left = ({ bytes, synced: safe }: FileContent) =>
          bytes === safe ? bytes : bytes.subarray(0, Math.floor(bytes.length * share));
        yield new Map(there.map(([path, content]) => [path, left(content)]));
      }
    }
  }
}

/** Methods of an open file that change its bytes. */
const writeMethods: ReadonlySet<string | symbol> = new Set(["write", "writev", "writeFile", "appendFile", "truncate"]);

/**
 * The real file system, which remembers what it was told, so that every state can be listed that a
 * power cut may leave. It promises no more than POSIX does: bytes of a file are there once the file
 * was synced, and names once their folder was.
 */
export function createFileSystemRecorder(real: typeof fs) {
  const steps: Step[] = [];
  let before: ReadonlyMap<string, Uint8Array> = new Map();

  /** An open file that notes what is written, whichever way, and what is synced. */
  const recordingHandle = (path: string, handle: fs.FileHandle): fs.FileHandle =>
    new Proxy(handle, {
      get(target, key, receiver) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") {
          return value;
        }
        const isSync = key === "sync" || key === "datasync";
        if (!isSync && !writeMethods.has(key)) {
          // A stream writes and syncs through the file it was made of: through this one.
          return value.bind(key === "createWriteStream" ? receiver : target);
        }
        return async (...values: unknown[]) => {
          const result: unknown = await Reflect.apply(value, target, values);
          steps.push(isSync ? { kind: "sync", path } : { kind: "write", path, bytes: await real.readFile(path) });
          return result;
        };
      },
    });

  const recordingFs = {
    ...real,
    async mkdir(path: string, options: { readonly recursive: true }) {
      const first = await real.mkdir(path, options);
      for (let made = path; first !== undefined && made.length >= first.length; made = parentOf(made)) {
        steps.push({ kind: "folder", path: made });
      }
      return first;
    },
    async open(path: string, flags: string) {
      const handle = await real.open(path, flags);
      if (flags.startsWith("w")) {
        steps.push({ kind: "create", path });
      }
      return recordingHandle(path, handle);
    },
    async copyFile(from: string, to: string, mode?: number) {
      await real.copyFile(from, to, mode);
      steps.push({ kind: "create", path: to }, { kind: "write", path: to, bytes: await real.readFile(to) });
    },
    async link(from: string, to: string) {
      await real.link(from, to);
      steps.push({ kind: "link", path: from, to });
    },
    async rename(from: string, to: string) {
      await real.rename(from, to);
      steps.push({ kind: "link", path: from, to }, { kind: "remove", path: from });
    },
    async rm(path: string, options: { readonly force: true }) {
      await real.rm(path, options);
      steps.push({ kind: "remove", path });
    },
  };

  function statesAfter(count: number): DiskState[] {
    const model = new DiskModel(before);
    for (const step of steps.slice(0, count)) {
      model.apply(step);
    }
    return [...model.states()];
  }

  return {
    recorded: recordingFs,
    /** Forgets what was told so far; these files have been on the disk for long. */
    reset(files: Readonly<Record<string, Uint8Array>> = {}): void {
      steps.length = 0;
      before = new Map(Object.entries(files));
    },
    /** Every state the disk may be in if power goes at any moment until now. */
    statesAtAnyMoment: (): DiskState[] =>
      Array.from({ length: steps.length + 1 }, (_, count) => statesAfter(count)).flat(),
    /** Every state it may be in if power goes now. */
    statesNow: (): DiskState[] => statesAfter(steps.length),
  };
}

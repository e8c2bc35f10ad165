import type * as fs from "node:fs/promises";

/** One completed operation of a program on the file system. */
type Step =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "create"; readonly path: string }
  | { readonly kind: "write"; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: "sync"; readonly path: string }
  | { readonly kind: "link"; readonly path: string; readonly to: string }
  | { readonly kind: "remove"; readonly path: string };

/** Files by path, after a power cut. */
export type DiskState = ReadonlyMap<string, Uint8Array>;

/** A file's bytes; `synced` are those that were last synced to the disk. */
interface FileContent {
  bytes: Uint8Array;
  synced: Uint8Array;
}

/** A file name that was added or removed, but not yet synced to the disk. */
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

/** Contents of a disk after some steps, with the unsynced ones. */
class DiskModel {
  /** Files as a running program sees them. */
  readonly #names = new Map<string, FileContent>();
  /** Files that survive a power cut. */
  readonly #synced = new Map<string, FileContent>();
  #pending: PendingName[] = [];
  /** New folders, each with whether its parent folder has been synced since. */
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
   * Yields all states after a power cut: each pending name is written or not, independently of the
   * others; of unsynced bytes all, half or none are written.
   */
  *states(): Generator<DiskState> {
    const lostFolders = [...this.#folders].filter(([, isSynced]) => !isSynced).map(([path]) => `${path}/`);
    for (let choice = 0; choice < 2 ** this.#pending.length; choice++) {
      const names = new Map(this.#synced);
      for (const { path, content } of this.#pending.filter((_, index) => (choice >> index) & 1)) {
        setOrDelete(names, path, content);
      }
      const remaining = [...names].filter(([path]) => !lostFolders.some((folder) => path.startsWith(folder)));
      for (const share of [0, 0.5, 1]) {
        const remainingBytes = ({ bytes, synced }: FileContent) =>
          bytes === synced ? bytes : bytes.subarray(0, Math.floor(bytes.length * share));
        yield new Map(remaining.map(([path, content]) => [path, remainingBytes(content)]));
      }
    }
  }
}

/** Methods of an open file that change its bytes. */
const writeMethods: ReadonlySet<string | symbol> = new Set(["write", "writev", "writeFile", "appendFile", "truncate"]);

/**
 * Records the operations on the real file system, to list every state that a power cut may leave.
 * Assumes no more than POSIX guarantees: bytes survive if the file was synced, names if their
 * folder was.
 */
export function createFileSystemRecorder(real: typeof fs) {
  const steps: Step[] = [];
  let before: ReadonlyMap<string, Uint8Array> = new Map();

  /** Wraps an open file to record all writes and syncs. */
  const recordingHandle = (path: string, handle: fs.FileHandle): fs.FileHandle =>
    new Proxy(handle, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function") {
          return value;
        }
        const isSync = key === "sync" || key === "datasync";
        if (!isSync && !writeMethods.has(key)) {
          return value.bind(target);
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
    /** Forgets all steps; `files` are synced files that exist from the start. */
    reset(files: Readonly<Record<string, Uint8Array>> = {}): void {
      steps.length = 0;
      before = new Map(Object.entries(files));
    },
    /** Every state of the disk after a power cut at any moment until now. */
    statesAtAnyMoment: (): DiskState[] =>
      Array.from({ length: steps.length + 1 }, (_, count) => statesAfter(count)).flat(),
    /** Every state of the disk after a power cut now. */
    statesNow: (): DiskState[] => statesAfter(steps.length),
  };
}

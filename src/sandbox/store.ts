import { type Result, resultsOf, type Task } from "./task.ts";

/** A finished or coming picture and the task it belongs to. */
export interface Found {
  readonly task: Task;
  readonly result: Result;
}

/** Everything the sandbox remembers. */
export interface Store {
  /** Accepted tasks, oldest first. */
  readonly tasks: ReadonlyMap<string, Task>;
  add(task: Task): void;
  find(imageUUID: string): Found | undefined;
  /** The bytes of an upload. */
  upload(uuid: string): Uint8Array | undefined;
  keep(uuid: string, bytes: Uint8Array): void;
  drop(uuid: string): boolean;
  /** Encoded bytes by name: made by `make` when they are not at hand, and once for all who ask meanwhile. */
  encoded(name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

const taskLimit = 500;
const referenceBytes = 128_000_000;
const uploadBytes = 256_000_000;
const encodedBytes = 64_000_000;

const sizeOf = (task: Task): number => task.references.reduce((sum, { length }) => sum + length, 0);

/** A Map that forgets its oldest entries when it holds more than `limit` bytes; the newest stays whatever its size. */
function boundedBytes(limit: number) {
  const entries = new Map<string, Uint8Array>();
  let total = 0;
  function remove(name: string): boolean {
    total -= entries.get(name)?.length ?? 0;
    return entries.delete(name);
  }
  return {
    remove,
    /** Reading makes an entry the newest. */
    read(name: string): Uint8Array | undefined {
      const bytes = entries.get(name);
      if (bytes === undefined) return undefined;
      entries.delete(name);
      entries.set(name, bytes);
      return bytes;
    },
    write(name: string, bytes: Uint8Array): void {
      remove(name);
      entries.set(name, bytes);
      total += bytes.length;
      for (const oldest of entries.keys()) {
        if (total <= limit || oldest === name) return;
        remove(oldest);
      }
    },
  };
}

/** Creates an empty store; all it holds is bounded, in number or in bytes. */
export function createStore(): Store {
  const tasks = new Map<string, Task>();
  const pictures = new Map<string, Found>();
  const uploads = boundedBytes(uploadBytes);
  const cache = boundedBytes(encodedBytes);
  const making = new Map<string, Promise<Uint8Array>>();
  let held = 0;

  function forgetOldest(): void {
    for (const [uuid, task] of tasks) {
      if (tasks.size <= taskLimit && held <= referenceBytes) return;
      tasks.delete(uuid);
      held -= sizeOf(task);
      for (const { imageUUID } of resultsOf(task)) pictures.delete(imageUUID);
    }
  }

  async function make(name: string, maker: () => Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      const bytes = await maker();
      cache.write(name, bytes);
      return bytes;
    } finally {
      making.delete(name);
    }
  }

  return {
    tasks,
    add(task) {
      tasks.set(task.request.taskUUID, task);
      held += sizeOf(task);
      for (const result of resultsOf(task)) pictures.set(result.imageUUID, { task, result });
      if (tasks.size > 1) forgetOldest();
    },
    find: (imageUUID) => pictures.get(imageUUID),
    upload: uploads.read,
    keep: uploads.write,
    drop: uploads.remove,
    encoded(name, maker) {
      const ready = cache.read(name);
      if (ready !== undefined) return Promise.resolve(ready);
      const under = making.get(name) ?? make(name, maker);
      making.set(name, under);
      return under;
    },
  };
}

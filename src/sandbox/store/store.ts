import { type AcceptedTask, resultsOf, type TaskResult } from "../tasks/acceptedTask.ts";

/** A finished or pending picture, and its task. */
export interface PictureEntry {
  readonly task: AcceptedTask;
  readonly result: TaskResult;
}

/** The state of the sandbox. */
export interface Store {
  /** Accepted tasks, oldest first. */
  readonly tasks: ReadonlyMap<string, AcceptedTask>;
  add(task: AcceptedTask): void;
  findPicture(imageUUID: string): PictureEntry | undefined;
  /** The bytes of an upload. */
  readUpload(uuid: string): Uint8Array | undefined;
  writeUpload(uuid: string, bytes: Uint8Array): void;
  deleteUpload(uuid: string): boolean;
  /**
   * Returns encoded bytes by name. Calls `make` if they are not cached, once for all concurrent
   * calls.
   */
  getOrEncode(name: string, encode: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

const maxTasks = 500;
const maxReferenceBytes = 128_000_000;
const maxUploadBytes = 256_000_000;
const maxEncodedBytes = 64_000_000;

const referenceBytesOf = (task: AcceptedTask): number => task.references.reduce((sum, { length }) => sum + length, 0);

/**
 * A Map that removes its oldest entries if it has more than `limit` bytes. The newest always stays.
 */
function createByteCache(limit: number) {
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

/** Creates an empty store. All its content is bounded, in number or in bytes. */
export function createStore(): Store {
  const tasks = new Map<string, AcceptedTask>();
  const pictures = new Map<string, PictureEntry>();
  const uploads = createByteCache(maxUploadBytes);
  const cache = createByteCache(maxEncodedBytes);
  const pendingEncodes = new Map<string, Promise<Uint8Array>>();
  let heldReferenceBytes = 0;

  function forgetOldest(): void {
    for (const [uuid, task] of tasks) {
      if (tasks.size <= maxTasks && heldReferenceBytes <= maxReferenceBytes) return;
      tasks.delete(uuid);
      heldReferenceBytes -= referenceBytesOf(task);
      for (const { imageUUID } of resultsOf(task)) pictures.delete(imageUUID);
    }
  }

  async function encode(name: string, encoder: () => Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      const bytes = await encoder();
      cache.write(name, bytes);
      return bytes;
    } finally {
      pendingEncodes.delete(name);
    }
  }

  return {
    tasks,
    add(task) {
      tasks.set(task.request.taskUUID, task);
      heldReferenceBytes += referenceBytesOf(task);
      for (const result of resultsOf(task)) pictures.set(result.imageUUID, { task, result });
      if (tasks.size > 1) forgetOldest();
    },
    findPicture: (imageUUID) => pictures.get(imageUUID),
    readUpload: uploads.read,
    writeUpload: uploads.write,
    deleteUpload: uploads.remove,
    getOrEncode(name, encoder) {
      const ready = cache.read(name);
      if (ready !== undefined) return Promise.resolve(ready);
      const pending = pendingEncodes.get(name) ?? encode(name, encoder);
      pendingEncodes.set(name, pending);
      return pending;
    },
  };
}

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Disposable, EventEmitter, extensions, type Memento, Uri } from "vscode";
import type { LimnContext } from "../../../src/host/limnContext.ts";

/** State that is kept in memory only. */
class MemoryState implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  // biome-ignore lint/suspicious/noExplicitAny: the same as in VS Code's declaration
  get(key: string, byDefault?: unknown): any {
    return this.#values.get(key) ?? byDefault;
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

const never = () => new Promise<never>(() => undefined);

/** The log of Limn is that of the extension under test, which goes on. */
const isLog = (disposable: object): boolean => "logLevel" in disposable;

/** A context for a second Limn in this window, and how to end that one. */
export interface SecondContext {
  readonly context: LimnContext;
  close(): Promise<void>;
}

/** Makes a context in which nothing is stored and the secret storage never answers. */
export async function createSecondContext(): Promise<SecondContext> {
  const extension = extensions.getExtension("limn.limn");
  assert.ok(extension);
  const storage = await mkdtemp(join(tmpdir(), "limn-second-"));
  const subscriptions: Disposable[] = [];
  const context: LimnContext = {
    extensionUri: extension.extensionUri,
    globalStorageUri: Uri.file(storage),
    globalState: new MemoryState(),
    workspaceState: new MemoryState(),
    secrets: { get: never, store: never, delete: never, keys: never, onDidChange: new EventEmitter<never>().event },
    subscriptions,
  };
  return {
    context,
    async close() {
      for (const disposable of subscriptions.toReversed()) {
        if (!isLog(disposable)) disposable.dispose();
      }
      await rm(storage, { recursive: true, force: true });
    },
  };
}

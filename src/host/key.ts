import type { LogOutputChannel, SecretStorage } from "vscode";
import { LimnError } from "../core/errors.ts";

/** Name of the key in SecretStorage. */
const secretName = "limn.apiKey";

/** The way out where no keyring works. */
const variable = "RUNWARE_API_KEY";

/** Where the key in use comes from. */
export type KeySource = "storage" | "environment";

/** The API key: in SecretStorage and nowhere else, read anew each time, so that a change in another window counts at once. */
export interface KeyStore {
  /** The key and its source, or `undefined` where there is none. */
  read(): Promise<{ readonly key: string; readonly source: KeySource } | undefined>;
  /** Throws a `LimnError` of kind `key` where the keyring fails. */
  write(key: string): Promise<void>;
  /** Throws a `LimnError` of kind `key` where the keyring fails. */
  clear(): Promise<void>;
}

const keyringFailed = (cause: unknown) =>
  new LimnError(
    "key",
    `VS Code's secret storage failed, so the key was not changed. Unlock or install a keyring, or set ${variable} in the environment VS Code starts from.`,
    { cause },
  );

/** Stores the key in VS Code's SecretStorage; `RUNWARE_API_KEY` serves where nothing is stored. */
export function createKeyStore(secrets: SecretStorage, log: LogOutputChannel): KeyStore {
  async function stored(): Promise<string | undefined> {
    try {
      return await secrets.get(secretName);
    } catch (error) {
      log.warn(`The secret storage could not be read: ${error instanceof Error ? error.message : "unknown reason"}`);
      return undefined;
    }
  }
  return {
    async read() {
      const key = await stored();
      if (key !== undefined) {
        return { key, source: "storage" };
      }
      const fallback = process.env[variable]?.trim();
      return fallback ? { key: fallback, source: "environment" } : undefined;
    },
    async write(key) {
      try {
        await secrets.store(secretName, key);
      } catch (error) {
        throw keyringFailed(error);
      }
    },
    async clear() {
      try {
        await secrets.delete(secretName);
      } catch (error) {
        throw keyringFailed(error);
      }
    },
  };
}

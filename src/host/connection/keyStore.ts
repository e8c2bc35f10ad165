import { type LogOutputChannel, l10n, type SecretStorage } from "vscode";
import * as z from "zod/mini";
import { LimnError } from "../../core/errors.ts";
import { runwareOrigin } from "../../core/service/apiAddress.ts";

/**
 * Name in SecretStorage of the key and the origins it was given for: one secret, so that neither is
 * ever read without the other.
 */
const secretName = "limn.apiKey";

/** Name in SecretStorage of the origins the environment's key was given for, as a JSON list. */
const environmentSecretName = "limn.environmentKeyOrigins";

/** The way out where no keyring works. */
const environmentVariable = "RUNWARE_API_KEY";

/** Where the key in use comes from. */
export type KeySource = "storage" | "environment";

/** The key in use. */
export interface StoredKey {
  readonly key: string;
  readonly source: KeySource;
  /** Origins a person has given it for, such as `https://api.runware.ai`. */
  readonly origins: readonly string[];
}

/**
 * The API key: in SecretStorage and nowhere else, read anew each time, so that a change in another
 * window counts at once.
 */
export interface KeyStore {
  /** The key in use, or `undefined` where there is none. */
  read(): Promise<StoredKey | undefined>;
  /** Stores a key for one origin. Throws a `LimnError` of kind `key` where the keyring fails. */
  write(key: string, origin: string): Promise<void>;
  /**
   * Notes that the key in use may go to one more origin. Throws a `LimnError` of kind `key` where
   * the keyring fails.
   */
  allowOrigin(origin: string): Promise<void>;
  /** Throws a `LimnError` of kind `key` where the keyring fails. */
  clear(): Promise<void>;
}

const keyringFailed = (cause: unknown) =>
  new LimnError(
    "key",
    l10n.t(
      "VS Code's secret storage failed, so the key was not changed. Unlock or install a keyring, or set {0} in the environment VS Code starts from.",
      environmentVariable,
    ),
    { cause },
  );

const originsSchema = z.array(z.string());
const secretSchema = z.object({ key: z.string(), origins: originsSchema });

/** Parses a secret; `undefined` where it is absent or of another form. */
function parseSecret<Value>(schema: z.ZodMiniType<Value>, text: string | undefined): Value | undefined {
  try {
    return text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Stores the key in VS Code's SecretStorage; `RUNWARE_API_KEY` serves where nothing is stored. */
export function createKeyStore(secrets: SecretStorage, log: LogOutputChannel): KeyStore {
  /**
   * Origins of the environment's key for this session: where there is no keyring, nothing else can
   * hold them.
   */
  const sessionOrigins = new Set<string>();

  async function readSecret(name: string): Promise<string | undefined> {
    try {
      return await secrets.get(name);
    } catch (error) {
      log.warn(`The secret storage could not be read: ${error instanceof Error ? error.message : "unknown reason"}`);
      return undefined;
    }
  }
  async function read(): Promise<StoredKey | undefined> {
    const stored = parseSecret(secretSchema, await readSecret(secretName));
    if (stored !== undefined) {
      return { ...stored, source: "storage" };
    }
    const key = process.env[environmentVariable]?.trim();
    if (!key) {
      return undefined;
    }
    const storedOrigins = parseSecret(originsSchema, await readSecret(environmentSecretName)) ?? [];
    return { key, source: "environment", origins: [...new Set([runwareOrigin, ...storedOrigins, ...sessionOrigins])] };
  }
  async function storeKey(key: string, origins: readonly string[]): Promise<void> {
    try {
      await secrets.store(secretName, JSON.stringify({ key, origins }));
    } catch (error) {
      throw keyringFailed(error);
    }
  }
  async function allowEnvironment(origins: readonly string[]): Promise<void> {
    for (const origin of origins) {
      sessionOrigins.add(origin);
    }
    try {
      await secrets.store(environmentSecretName, JSON.stringify(origins));
    } catch (error) {
      log.warn(`The secret storage failed: ${error instanceof Error ? error.message : "unknown reason"}`);
    }
  }
  return {
    read,
    write: (key, origin) => storeKey(key, [origin]),
    async allowOrigin(origin) {
      const inUse = await read();
      if (inUse === undefined) {
        return;
      }
      const origins = [...new Set([...inUse.origins, origin])];
      await (inUse.source === "storage" ? storeKey(inUse.key, origins) : allowEnvironment(origins));
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

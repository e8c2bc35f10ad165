import { type LogOutputChannel, l10n } from "vscode";
import * as z from "zod/mini";
import { LimnError } from "../../core/errors.ts";
import { runwareOrigin } from "../../core/service/apiAddress.ts";
import type { LimnContext } from "../limnContext.ts";
import { isKeyStoredKey } from "../storage/storagePaths.ts";

/**
 * Name in SecretStorage of the key and its origins. They are one secret, so neither is read without
 * the other.
 */
const secretName = "limn.apiKey";

/** Name in SecretStorage of the origins allowed for the environment's key, a JSON list. */
const environmentSecretName = "limn.environmentKeyOrigins";

/** Environment variable of the key, for systems without a working keyring. */
const environmentVariable = "RUNWARE_API_KEY";

/** Where the key in use comes from. */
export type KeySource = "storage" | "environment";

/** The key in use. */
export interface StoredKey {
  readonly key: string;
  readonly source: KeySource;
  /** Origins the user has allowed for it, such as `https://api.runware.ai`. */
  readonly origins: readonly string[];
}

/**
 * The API key. It is stored only in SecretStorage and read at each use, so that a change in another
 * window counts at once.
 */
export interface KeyStore {
  /** The key in use, or `undefined` if there is none. */
  read(): Promise<StoredKey | undefined>;
  /**
   * Whether there is a key, as far as it is known without waiting: from the environment, or from
   * the last `read`, in this session or an earlier one. `undefined` before the first one.
   */
  wasFound(): boolean | undefined;
  /** Stores a key for one origin. Throws a `LimnError` of kind `key` if the keyring fails. */
  write(key: string, origin: string): Promise<void>;
  /**
   * Allows one more origin for the key in use. Throws a `LimnError` of kind `key` if the keyring
   * fails.
   */
  allowOrigin(origin: string): Promise<void>;
  /** Throws a `LimnError` of kind `key` if the keyring fails. */
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

const environmentKey = () => process.env[environmentVariable]?.trim();

/** Parses a secret; `undefined` if it is absent or malformed. */
function parseSecret<Value>(schema: z.ZodMiniType<Value>, text: string | undefined): Value | undefined {
  try {
    return text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Stores the key in VS Code's SecretStorage. If nothing is stored, `RUNWARE_API_KEY` is used. */
export function createKeyStore(
  { secrets, globalState }: Pick<LimnContext, "secrets" | "globalState">,
  log: LogOutputChannel,
): KeyStore {
  /**
   * Origins allowed for the environment's key in this session; without a keyring they are stored
   * nowhere else.
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
    const isStored = stored !== undefined;
    if (globalState.get(isKeyStoredKey) !== isStored) {
      // Only saves the next session from waiting, so nothing waits for it.
      void globalState.update(isKeyStoredKey, isStored);
    }
    if (isStored) {
      return { ...stored, source: "storage" };
    }
    const key = environmentKey();
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
    wasFound: () => (environmentKey() ? true : globalState.get<boolean>(isKeyStoredKey)),
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

import { LimnError } from "../core/errors.ts";
import type { Endpoint } from "../core/ports.ts";
import type { KeyStore } from "./key.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import { setting } from "./settings.ts";

/** What a job of the sandbox remembers as its endpoint: its port changes with every start, its name does not. */
export const sandboxName = "sandbox";

/** Where requests go: Runware, or the sandbox. */
export interface Engine {
  /** See `Ports.endpoint`. */
  endpoint(name?: string): Promise<Endpoint | undefined>;
  /** Whether requests can be sent as things are: with the sandbox, or with a key. */
  isReady(): Promise<boolean>;
}

/** The address requests are sent to, as set; throws a `LimnError` where it cannot be one. */
export function apiUrl(): string {
  const text = setting("apiUrl").trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url !== undefined && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback))) {
    throw new LimnError(
      "input",
      `“${text}” cannot be the API's address: it must begin with https://. Correct the setting “limn.apiUrl”.`,
    );
  }
  return text;
}

/** Reads settings and key each time it is asked, so that nothing stale is ever used. */
export function createEngine(keys: KeyStore, sandbox: SandboxHost): Engine {
  async function runware(): Promise<Endpoint> {
    const url = apiUrl();
    const stored = await keys.read();
    if (stored === undefined) {
      throw new LimnError(
        "key",
        "There is no API key yet. Set one with “Limn: Set API Key…”, or try the sandbox, which needs none.",
      );
    }
    return { name: url, url, key: stored.key };
  }
  async function sandboxEndpoint(): Promise<Endpoint> {
    return { name: sandboxName, ...(await sandbox.start()) };
  }
  return {
    async endpoint(name) {
      const wanted = name ?? (setting("engine") === "sandbox" ? sandboxName : apiUrl());
      if (wanted === sandboxName) {
        return sandboxEndpoint();
      }
      // The key goes to the address that is set, and to no other.
      return wanted === apiUrl() ? runware() : undefined;
    },
    async isReady() {
      return setting("engine") === "sandbox" || (await keys.read()) !== undefined;
    },
  };
}

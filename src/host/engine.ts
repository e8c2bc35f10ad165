import { l10n } from "vscode";
import { addressProblem, staysHere } from "../core/apiAddress.ts";
import { LimnError } from "../core/errors.ts";
import { sandboxName } from "../core/ledger.ts";
import type { Endpoint } from "../core/ports.ts";
import type { KeyStore, StoredKey } from "./key.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import { setting } from "./settings.ts";

/** A key that would go to an address it was not given for. */
export interface Detour {
  /** Origins the key was given for. */
  readonly known: readonly string[];
  /** Origin the setting names now. */
  readonly wanted: string;
}

/** Where requests go: Runware, or the sandbox. */
export interface Engine {
  /** See `Ports.endpoint`. */
  endpoint(name?: string): Promise<Endpoint | undefined>;
  /** Whether requests can be sent as things are: with the sandbox, or with a key. */
  isReady(): Promise<boolean>;
  /** What a person must be asked before `endpoint` gives this endpoint; `undefined` where nothing. */
  detour(name?: string): Promise<Detour | undefined>;
}

/** The address requests are sent to, as set; throws a `LimnError` where it cannot be one. */
export function apiUrl(): string {
  const text = setting("apiUrl").trim();
  const problem = addressProblem(text);
  if (problem !== undefined) {
    throw new LimnError(
      "input",
      l10n.t(
        "The address in the setting “limn.apiUrl” cannot be the API's: {0}. Correct the setting “limn.apiUrl”.",
        problem,
      ),
    );
  }
  return text;
}

/**
 * Whether the key may go to the address unasked: where it was given for it, or where it does not leave this computer. Somebody
 * may have changed the setting, such as by a profile that was passed on.
 */
function detourOf({ origins }: StoredKey, url: string): Detour | undefined {
  const wanted = new URL(url).origin;
  return origins.includes(wanted) || staysHere(url) ? undefined : { known: origins, wanted };
}

/** Reads settings and key each time it is asked, so that nothing stale is ever used. */
export function createEngine(keys: KeyStore, sandbox: SandboxHost): Engine {
  async function runware(): Promise<Endpoint> {
    const url = apiUrl();
    const stored = await keys.read();
    if (stored === undefined) {
      throw new LimnError(
        "key",
        l10n.t("There is no API key yet. Set one with “Limn: Set API Key…”, or try the sandbox, which needs none."),
      );
    }
    const detour = detourOf(stored, url);
    if (detour !== undefined) {
      throw new LimnError(
        "key",
        l10n.t(
          "The API key was given for {0}, and the setting “limn.apiUrl” names {1} now, so nothing was sent. Run “Limn: Check Key and Balance” to use the key there, or correct the setting.",
          detour.known.join(l10n.t(" and ")),
          detour.wanted,
        ),
      );
    }
    return { name: url, url, key: stored.key };
  }
  async function sandboxEndpoint(): Promise<Endpoint> {
    return { name: sandboxName, ...(await sandbox.start()) };
  }
  const nameInUse = () => (setting("engine") === "sandbox" ? sandboxName : apiUrl());
  return {
    async endpoint(name) {
      const wanted = name ?? nameInUse();
      if (wanted === sandboxName) {
        return sandboxEndpoint();
      }
      // The key goes to the address that is set, and to no other.
      return wanted === apiUrl() ? runware() : undefined;
    },
    async isReady() {
      return setting("engine") === "sandbox" || (await keys.read()) !== undefined;
    },
    async detour(name) {
      const wanted = name ?? nameInUse();
      const stored = wanted === sandboxName || wanted !== apiUrl() ? undefined : await keys.read();
      return stored && detourOf(stored, wanted);
    },
  };
}

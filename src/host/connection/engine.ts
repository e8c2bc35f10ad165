import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { sandboxEndpointName } from "../../core/money/realMoney.ts";
import type { Endpoint } from "../../core/ports.ts";
import { isLoopbackAddress } from "../../core/service/apiAddress.ts";
import { setting } from "../settings.ts";
import { apiUrl } from "./apiUrl.ts";
import type { KeyStore, StoredKey } from "./keyStore.ts";
import type { SandboxHost } from "./sandboxHost.ts";

/** A key that would go to an address it was not given for. */
export interface OriginMismatch {
  /** Origins the key was given for. */
  readonly approvedOrigins: readonly string[];
  /** Origin the setting names now. */
  readonly configuredOrigin: string;
}

/** Where requests go: Runware, or the sandbox. */
export interface Engine {
  /** See `Ports.endpoint`. */
  endpoint(name?: string): Promise<Endpoint | undefined>;
  /** Whether requests can be sent as things are: with the sandbox, or with a key. */
  isReady(): Promise<boolean>;
  /**
   * What a person must be asked before `endpoint` gives this endpoint; `undefined` where nothing.
   */
  findOriginMismatch(name?: string): Promise<OriginMismatch | undefined>;
}

/**
 * Whether the key may go to the address unasked: where it was given for it, or where it does not
 * leave this computer. Somebody may have changed the setting, such as by a profile that was passed
 * on.
 */
function originMismatchOf({ origins }: StoredKey, url: string): OriginMismatch | undefined {
  const configuredOrigin = new URL(url).origin;
  return origins.includes(configuredOrigin) || isLoopbackAddress(url)
    ? undefined
    : { approvedOrigins: origins, configuredOrigin };
}

/** Reads settings and key each time it is asked, so that nothing stale is ever used. */
export function createEngine(keys: KeyStore, sandbox: SandboxHost): Engine {
  async function runwareEndpoint(): Promise<Endpoint> {
    const url = apiUrl();
    const stored = await keys.read();
    if (stored === undefined) {
      throw new LimnError(
        "key",
        l10n.t("There is no API key yet. Set one with “Limn: Set API Key…”, or try the sandbox, which needs none."),
      );
    }
    const mismatch = originMismatchOf(stored, url);
    if (mismatch !== undefined) {
      throw new LimnError(
        "key",
        l10n.t(
          "The API key was given for {0}, and the setting “limn.apiUrl” names {1} now, so nothing was sent. Run “Limn: Check Key and Balance” to use the key there, or correct the setting.",
          mismatch.approvedOrigins.join(l10n.t(" and ")),
          mismatch.configuredOrigin,
        ),
      );
    }
    return { name: url, url, key: stored.key };
  }
  async function sandboxEndpoint(): Promise<Endpoint> {
    return { name: sandboxEndpointName, ...(await sandbox.start()) };
  }
  const currentName = () => (setting("engine") === "sandbox" ? sandboxEndpointName : apiUrl());
  return {
    async endpoint(name) {
      const endpointName = name ?? currentName();
      if (endpointName === sandboxEndpointName) {
        return sandboxEndpoint();
      }
      // The key goes to the address that is set, and to no other.
      return endpointName === apiUrl() ? runwareEndpoint() : undefined;
    },
    async isReady() {
      return setting("engine") === "sandbox" || (await keys.read()) !== undefined;
    },
    async findOriginMismatch(name) {
      const endpointName = name ?? currentName();
      const stored = endpointName === sandboxEndpointName || endpointName !== apiUrl() ? undefined : await keys.read();
      return stored && originMismatchOf(stored, endpointName);
    },
  };
}

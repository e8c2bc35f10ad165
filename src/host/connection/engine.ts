import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { sandboxEndpointName } from "../../core/money/realMoney.ts";
import type { Endpoint } from "../../core/ports.ts";
import { isLoopbackAddress } from "../../core/service/apiAddress.ts";
import { andList } from "../ui/lists.ts";
import { apiUrl } from "./apiUrl.ts";
import { engineToShow, engineToUse } from "./engineSetting.ts";
import type { KeyStore, StoredKey } from "./keyStore.ts";
import type { SandboxHost } from "./sandboxHost.ts";

/** The key was entered for other origins than the one that is set now. */
export interface OriginMismatch {
  /** Origins the key was entered for. */
  readonly approvedOrigins: readonly string[];
  /** Origin of the setting. */
  readonly configuredOrigin: string;
}

/** The service requests are sent to: Runware, or the sandbox. */
export interface Engine {
  /** See `Ports.endpoint`. */
  endpoint(name?: string): Promise<Endpoint | undefined>;
  /** Whether requests can be sent: with the sandbox, or with a key. */
  isReady(): Promise<boolean>;
  /**
   * Whether the user has to confirm the origin before `endpoint` returns this endpoint; `undefined`
   * if not.
   */
  findOriginMismatch(name?: string): Promise<OriginMismatch | undefined>;
}

/**
 * A key may be sent without a question to origins it was entered for and to this computer. Anything
 * else may be a changed setting, such as from an imported profile.
 */
function originMismatchOf({ origins }: StoredKey, url: string): OriginMismatch | undefined {
  const configuredOrigin = new URL(url).origin;
  return origins.includes(configuredOrigin) || isLoopbackAddress(url)
    ? undefined
    : { approvedOrigins: origins, configuredOrigin };
}

/** Reads the settings and the key at each call, so nothing it returns is out of date. */
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
          andList(mismatch.approvedOrigins),
          mismatch.configuredOrigin,
        ),
      );
    }
    return { name: url, url, key: stored.key };
  }
  async function sandboxEndpoint(): Promise<Endpoint> {
    return { name: sandboxEndpointName, ...(await sandbox.start()) };
  }
  const currentName = () => (engineToUse() === "sandbox" ? sandboxEndpointName : apiUrl());
  return {
    async endpoint(name) {
      const endpointName = name ?? currentName();
      if (endpointName === sandboxEndpointName) {
        return sandboxEndpoint();
      }
      // The key is sent only to the address that is set.
      return endpointName === apiUrl() ? runwareEndpoint() : undefined;
    },
    async isReady() {
      return engineToShow() === "sandbox" || (await keys.read()) !== undefined;
    },
    async findOriginMismatch(name) {
      const endpointName = name ?? currentName();
      const stored = endpointName === sandboxEndpointName || endpointName !== apiUrl() ? undefined : await keys.read();
      return stored && originMismatchOf(stored, endpointName);
    },
  };
}

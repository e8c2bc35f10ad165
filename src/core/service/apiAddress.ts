import * as l10n from "@vscode/l10n";
/**
 * Runware's own address: the default of the setting, and the origin a key belongs to if nothing
 * else is known of it.
 */
export const runwareOrigin = "https://api.runware.ai";

/**
 * Whether the host is this computer, where `npm run sandbox` serves. WHATWG URL writes every
 * spelling of 127.… like this.
 */
const isLoopbackHostname = (hostname: string): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname);

/** The rules for the address, each with the message for an address that breaks it. */
const addressRules: readonly (readonly [message: () => string, isMet: (url: URL) => boolean])[] = [
  [
    () => l10n.t("The address in the setting “limn.apiUrl” must begin with https://. Correct the setting."),
    ({ protocol, hostname }) => protocol === "https:" || (protocol === "http:" && isLoopbackHostname(hostname)),
  ],
  [
    () =>
      l10n.t("The address in the setting “limn.apiUrl” must not have a user name or password. Correct the setting."),
    ({ username, password }) => username === "" && password === "",
  ],
  [
    () => l10n.t("The address in the setting “limn.apiUrl” must not have “?” or “#”. Correct the setting."),
    ({ search, hash, href }) => search === "" && hash === "" && !/[?#]/.test(href),
  ],
];

/**
 * Why a text cannot be the API's address, as a message; `undefined` if it can. The message does not
 * repeat the text, because a wrong one may hold a secret.
 */
export function addressProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return addressRules.find(([, isMet]) => url === undefined || !isMet(url))?.[0]();
}

/** Whether requests to the address stay on this computer. */
export const isLoopbackAddress = (address: string): boolean => isLoopbackHostname(new URL(address).hostname);

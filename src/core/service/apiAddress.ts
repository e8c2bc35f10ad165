/**
 * Runware's own address; the default of the setting in the manifest, and where a key may go that
 * nobody has said more of.
 */
export const runwareOrigin = "https://api.runware.ai";

/**
 * This computer itself, where the sandbox lives and requests do not leave it. WHATWG URL writes
 * every spelling of 127.… like this.
 */
const isLoopbackHostname = (hostname: string): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname);

/** What an address must be, and how it is said where it is not. */
const addressRules: readonly (readonly [demand: string, holds: (url: URL) => boolean])[] = [
  [
    "it must begin with https://",
    ({ protocol, hostname }) => protocol === "https:" || (protocol === "http:" && isLoopbackHostname(hostname)),
  ],
  ["it must hold no name and no password", ({ username, password }) => username === "" && password === ""],
  ["it must end without “?” or “#”", ({ search, hash, href }) => search === "" && hash === "" && !/[?#]/.test(href)],
];

/**
 * What keeps a text from being the API's address, as the end of a sentence; `undefined` where
 * nothing does. The text itself is not repeated, because a wrong one may hold a secret.
 */
export function addressProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return addressRules.find(([, isMet]) => url === undefined || !isMet(url))?.[0];
}

/** Whether requests to the address stay on this computer. */
export const isLoopbackAddress = (address: string): boolean => isLoopbackHostname(new URL(address).hostname);

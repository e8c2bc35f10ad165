import type { Endpoint } from "../ports.ts";

/** Whether the host is `runware.ai` or one of its subdomains. */
const isRunwareHost = (host: string): boolean => host === "runware.ai" || host.endsWith(".runware.ai");

/**
 * Whether a picture may be downloaded from the address: from one of Runware's hosts over https on
 * the default port, or from the origin of the API in use, where the sandbox has its pictures. The
 * sandbox within VS Code answers all of them itself; see `Endpoint.fetch`.
 *
 * The list has only names, so no private address passes, in any spelling (WHATWG URL normalizes
 * them), unless the user has set it as the API's address. What a name resolves to does not matter:
 * the server must prove by its certificate that it is Runware.
 */
export function isPictureHost(address: string, endpoint: Pick<Endpoint, "url">): boolean {
  if (!URL.canParse(address)) {
    return false;
  }
  const { protocol, hostname, port, origin, username, password } = new URL(address);
  const isKnown =
    (protocol === "https:" && port === "" && isRunwareHost(hostname)) || origin === new URL(endpoint.url).origin;
  return isKnown && username === "" && password === "";
}

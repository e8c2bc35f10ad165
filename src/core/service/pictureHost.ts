import type { Endpoint } from "../ports.ts";

/**
 * Runware's own hosts: the name itself, and all below it. No other name ends in the dot and these
 * two labels.
 */
const isRunwareHost = (host: string): boolean => host === "runware.ai" || host.endsWith(".runware.ai");

/**
 * Whether a picture may be fetched from the address: one of Runware's own hosts over https on the
 * usual port, or the very origin of the API in use, which is where the sandbox has its pictures.
 *
 * The list is one of names, so no private address is on it, in whichever spelling (WHATWG URL
 * writes them all the same way), unless a person has set it as the API's. What a name resolves to
 * does not matter: whoever answers must prove by a certificate to be Runware.
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

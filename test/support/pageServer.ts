import { createServer } from "node:http";
import { listenOnLoopback, originOf } from "./loopback.ts";

/** What the server of a page answers. */
export interface PageResponse {
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Whether the address always has this content, so that Chromium may keep its compiled code. */
  readonly isConstant?: boolean;
}

/**
 * Starts a server on loopback that answers every request of a page, whatever its host, and returns
 * its address, for use as the page's HTTP proxy. It ends with this process. `respond` returns
 * `undefined` for 404, and "never" for an answer that does not arrive.
 *
 * Playwright's `page.route` would do the same, but it turns Chromium's caches off: each opening of
 * a page would then fetch and compile its scripts again.
 */
export async function startPageServer(respond: (url: URL) => PageResponse | "never" | undefined): Promise<string> {
  const server = createServer((request, response) => {
    const found = respond(new URL(request.url ?? "", "http://unknown.test"));
    if (found === "never") return;
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { contentType, body, isConstant = false } = found;
    const caching = isConstant ? "max-age=86400, immutable" : "no-store";
    response.writeHead(200, { "content-type": contentType, "cache-control": caching }).end(body);
  });
  await listenOnLoopback(server);
  server.unref();
  return originOf(server);
}

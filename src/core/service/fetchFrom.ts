import type { Endpoint, Ports } from "../ports.ts";

/** Sends a request to an endpoint, or for one of its pictures, by its own `fetch` if it has one. */
export const fetchFrom = (
  ports: Pick<Ports, "fetch">,
  endpoint: Pick<Endpoint, "fetch">,
  url: string,
  init: RequestInit,
): Promise<Response> => (endpoint.fetch === undefined ? ports.fetch(url, init) : endpoint.fetch(url, init));

const loopbackHosts = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether an http(s) address points to this machine. */
export function isLoopback(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && loopbackHosts.has(url.hostname);
}

/**
 * Whether a Host header names this machine. This refuses pages that rebind their own name to
 * loopback.
 */
export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && isLoopback(`http://${host}`);

/**
 * Reads a byte stream into one array; `undefined` as soon as it is longer than `limit` bytes.
 * @throws the error of the stream.
 */
export async function readBounded(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

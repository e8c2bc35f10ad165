/**
 * Returns a secret in the encodings a program may write it in, each with its name. In base64 it
 * stands between `before` and `after`, as in a header that was encoded as a whole.
 */
export function encodingsOf(secret: string, before: string, after: string): readonly (readonly [string, string])[] {
  const bytes = Buffer.from(secret);
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const surrounded = Buffer.from(before + secret + after);
  return [
    ["plain", secret],
    ["percent", encodeURIComponent(secret)],
    ["percent, every byte", [...bytes].map((byte) => `%${byte.toString(16).toUpperCase()}`).join("")],
    ["hex", bytes.toString("hex")],
    ["hex, upper case", bytes.toString("hex").toUpperCase()],
    ["base64", surrounded.toString("base64")],
    ["base64url", surrounded.toString("base64url")],
    ["json", [...secret].map(escaped).join("")],
  ];
}

/** Returns the paths of the sources that contain a secret, each with its encoding. */
export function findSecret(
  secret: string,
  sources: readonly { readonly path: string; readonly bytes: Buffer }[],
): readonly string[] {
  const encodings = [...encodingsOf(secret, "", ""), ...encodingsOf(`Bearer ${secret}`, "", "")];
  return sources.flatMap(({ path, bytes }) =>
    encodings.filter(([, text]) => bytes.includes(text)).map(([encoding]) => `${path} (${encoding})`),
  );
}

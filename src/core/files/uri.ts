/**
 * Characters that `encodeURIComponent` leaves as they are and VS Code's `Uri.toString()` encodes.
 * Source: RFC 3986, 2.2.
 */
const unencodedCharacters = /[!'()*]/g;

const percentEncode = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * A URI in VS Code's own spelling. Earlier versions of Limn wrote `(` instead of `%28`, and job
 * files still have such URIs.
 */
export const canonicalUri = (uri: string): string => uri.replace(unencodedCharacters, percentEncode);

/** One segment of a path, percent-encoded as VS Code's `Uri.toString()` does it. */
export const encodeSegment = (segment: string): string => canonicalUri(encodeURIComponent(segment));

/** The URI of a file, from the URI of a folder and a path below it. */
export const fileUriIn = (folder: string, path: string): string =>
  [folder.replace(/\/$/, ""), ...path.split("/").map(encodeSegment)].join("/");

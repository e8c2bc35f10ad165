/**
 * Characters that `encodeURIComponent` leaves as they are and VS Code's `Uri.toString()` encodes.
 * Source: RFC 3986, 2.2.
 */
const unencodedCharacters = /[!'()*]/g;

const percentEncode = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * A URI in VS Code's own spelling: earlier versions of Limn wrote `(` where VS Code writes `%28`,
 * and job files still hold such URIs.
 */
export const canonicalUri = (uri: string): string => uri.replace(unencodedCharacters, percentEncode);

/** One segment of a path, percent-encoded as VS Code's `Uri.toString()` does it. */
export const encodeSegment = (segment: string): string => canonicalUri(encodeURIComponent(segment));

/** The URI of a file, named by its path below a folder, which is a URI too. */
export const fileUriIn = (folder: string, path: string): string =>
  [folder.replace(/\/$/, ""), ...path.split("/").map(encodeSegment)].join("/");

/**
 * A pattern of all files with these extensions, in lower and in upper case, which file systems
 * distinguish.
 *
 * @param extensions in lower case, without the dot.
 */
export const fileGlob = (extensions: readonly string[]): string =>
  `**/*.{${extensions.flatMap((extension) => [extension, extension.toUpperCase()]).join()}}`;

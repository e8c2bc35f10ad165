/** Bounds of a list of globs, which a repository may have in its settings. */
const [maxGlobs, maxLength] = [100, 1000];

/** Globs such as `*.png` and `*.{png,jpg}`, in any folder. */
const extensionGlob = /^\*\*\/\*\.(?:\{([\w.,-]+)\}|([\w.-]+))$/;

/**
 * Whether a path matches one of the globs of a setting, which may be of any type. Only globs for
 * extensions, for all files, and for a single file match: a regular expression made of others, with
 * several `.*`, may take exponential time.
 */
export const matchesInclude = (path: string, include: unknown): boolean =>
  Array.isArray(include) &&
  include.slice(0, maxGlobs).some((glob: unknown) => {
    if (typeof glob !== "string" || glob.length > maxLength) {
      return false;
    }
    const [, list, extension = list] = extensionGlob.exec(glob) ?? [];
    return (
      ["**", "**/*", path].includes(glob) || extension?.split(",").some((one) => path.endsWith(`.${one}`)) === true
    );
  });

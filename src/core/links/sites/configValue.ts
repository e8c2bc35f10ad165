/** Whether a value of JSON or of a setting is an object with keys. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The value of a key in a configuration; `undefined` if it has none, or one that is computed.
 *
 * @param path the key behind those of the objects around it: `paths.base`.
 */
export function valueAt(config: unknown, path: string): unknown {
  let value = config;
  for (const key of path.split(".")) {
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/** The text of a key, with the same path as in `valueAt`. */
export function textAt(config: unknown, path: string): string | undefined {
  const value = valueAt(config, path);
  return typeof value === "string" ? value : undefined;
}

/** The texts of a value: one, or those of a list; none if a part of it is not a text. */
export function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = all.filter((one) => typeof one === "string");
  return texts.length === all.length ? texts : [];
}

/** The path of a URL or path, without a slash at the end; empty for the root. */
export function basePathOf(value: string | undefined): string {
  const path = (value ?? "").replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, "");
  // A pattern for the slashes at the end would take quadratic time.
  let end = path.length;
  while (path[end - 1] === "/") end--;
  const trimmed = path.slice(0, end);
  return trimmed === "." ? "" : trimmed.replace(/^(?=\w)/, "/");
}

/**
 * A path below the folder of a site, without dots and slashes around it; `undefined` if it leads
 * out or is an absolute path.
 */
export function folderOf(value: string | undefined): string | undefined {
  const isAbsolute = value === undefined || /^(?:[/\\~]|[A-Za-z]:)/.test(value);
  if (isAbsolute) return undefined;
  const parts: string[] = [];
  for (const part of value.replaceAll("\\", "/").split("/")) {
    if (part === ".." && parts.pop() === undefined) return undefined;
    if (part !== "" && part !== "." && part !== "..") parts.push(part);
  }
  return parts.join("/");
}

/** The folder that a key has, as in `folderOf` and `valueAt`. */
export const folderAt = (config: unknown, path: string): string | undefined => folderOf(textAt(config, path));

/** Reads JSON without comments; `undefined` if it cannot be read. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Longer configurations are read up to here. */
const maxLength = 200_000;

/**
 * Removes comments of JavaScript, TypeScript and JSON. Strings stay, also if they contain `//`.
 */
export const withoutComments = (text: string): string =>
  text
    .slice(0, maxLength)
    .replace(/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/.*|\/\*[\s\S]*?\*\//g, "$1");

/** A key, perhaps in quotes, its colon or equals sign, and a string. */
const keyAndString = (key: string): string =>
  String.raw`(?<![\w.$-])["']?${key}["']?\s*[:=]\s*(["'\x60])([^"'\x60\n$]*)\1`;

/**
 * The literal string of a key of an object in JavaScript, TypeScript or JSON, such as `publicDir:
 * "static"`; `undefined` if it has none or is computed.
 *
 * @param path the key, perhaps behind that of the object around it: `paths.base`.
 */
export function literalOf(config: string, path: string): string | undefined {
  const [key = "", parent] = path.split(".").reverse();
  const around = parent === undefined ? "" : String.raw`(?<![\w.$-])["']?${parent}["']?\s*:\s*\{[^{}]{0,2000}?`;
  return new RegExp(around + keyAndString(key)).exec(withoutComments(config))?.[2];
}

/** The scalar of a key at the top of a file in YAML or TOML, such as `docs_dir: pages`. */
export function scalarOf(config: string, key: string): string | undefined {
  const pattern = new RegExp(String.raw`^${key}[ \t]*[:=][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#][^\n#]*))`, "m");
  const [, double, single, plain] = pattern.exec(config.slice(0, maxLength)) ?? [];
  return double ?? single ?? plain?.trim();
}

/** The path of a URL or path, without a slash at the end; empty for the root. */
export const basePathOf = (value: string | undefined): string =>
  (value ?? "")
    .replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, "")
    .replace(/^(?!\/)(?=[\w])/, "/")
    .replace(/^\.?\/*$|\/+$/g, "");

/**
 * A path below the folder of a site, without dots and slashes around it; `undefined` if it leads
 * out or is an absolute path.
 */
export function folderOf(value: string | undefined): string | undefined {
  const parts = value?.replaceAll("\\", "/").split("/") ?? [];
  const isOutside = value === undefined || /^(?:[/~]|[A-Za-z]:)/.test(value) || parts.includes("..");
  return isOutside ? undefined : parts.filter((part) => part !== "" && part !== ".").join("/");
}

/** Whether a value of JSON or of a setting is an object with keys. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

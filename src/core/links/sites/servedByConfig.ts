import { folderOf, isObject, withoutComments } from "./configValue.ts";
import { isBelow, joinPath, type ServedFolder, type SiteConfig } from "./site.ts";

/** An address without slashes around it, after a slash; empty for the root. */
const urlOf = (path: string): string => path.replace(/^\/*(.*?)\/*$/, (_, inner: string) => inner && `/${inner}`);

/** The folder of a glob such as `src/img/**`; `undefined` if its start has wildcards. */
const globFolder = (glob: string): string | undefined => {
  const [start = ""] = /^[^*?{[]*/.exec(glob) ?? [];
  return folderOf(start === glob ? start : start.replace(/[^/]*$/, ""));
};

/** A call that copies one path, and one that copies an object of paths. */
const copies = /addPassthroughCopy\(\s*(?:(["'`])(.*?)\1|\{([^{}]*)\})/g;
const pair = /(["'`])([^"'`\n]*)\1\s*:\s*(["'`])([^"'`\n]*)\3/g;
const inputFolder = /(?:\binput\s*:\s*|setInputDirectory\(\s*)(["'`])([^"'`\n]*)\1/;

/**
 * The files that Eleventy copies: no images without such a call. Source: Eleventy, “Copy Files to
 * Output”.
 */
export function eleventyConfig(config: string): Partial<SiteConfig> {
  const text = withoutComments(config);
  const input = folderOf(inputFolder.exec(text)?.[2]) ?? "";
  const served = [...text.matchAll(copies)].flatMap(([, , path, pairs = ""]): readonly ServedFolder[] => {
    if (path !== undefined) {
      const folder = globFolder(path);
      // The input folder is not a part of the address.
      const below = folder !== undefined && isBelow(folder, input) ? folder.slice(input.length) : (folder ?? "");
      return folder === undefined ? [] : [{ folder, url: urlOf(below) }];
    }
    return [...pairs.matchAll(pair)].flatMap(([, , from = "", , to = ""]) => {
      const folder = globFolder(from);
      return folder === undefined ? [] : [{ folder, url: urlOf(to) }];
    });
  });
  return { served, content: [input] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutComments(text).replace(/,(?=\s*[\]}])/g, ""));
  } catch {
    return undefined;
  }
}

/** The values of all keys of this name, however deep. */
function valuesOf(value: unknown, key: string, depth = 0): readonly unknown[] {
  if (depth > 10 || typeof value !== "object" || value === null) return [];
  const own = isObject(value) && Object.hasOwn(value, key) ? [value[key]] : [];
  return [...own, ...Object.values(value).flatMap((each) => valuesOf(each, key, depth + 1))];
}

/**
 * The folders of `assets` in `angular.json`. A text is a path whose source folder is not a part of
 * the address. Source: Angular, “Workspace configuration”, “Assets configuration”.
 */
export function angularConfig(config: string): Partial<SiteConfig> {
  const json = parseJson(config);
  const [sourceRoot] = valuesOf(json, "sourceRoot").filter((one) => typeof one === "string");
  const root = folderOf(sourceRoot) ?? "src";
  const served = valuesOf(json, "assets")
    .flat()
    .flatMap((asset): readonly ServedFolder[] => {
      const input = isObject(asset) ? asset["input"] : asset;
      const folder = typeof input === "string" ? folderOf(input) : undefined;
      if (folder === undefined || /\.\w+$/.test(folder)) return [];
      if (isObject(asset)) return [{ folder, url: typeof asset["output"] === "string" ? urlOf(asset["output"]) : "" }];
      return [{ folder, url: urlOf(isBelow(folder, root) ? folder.slice(root.length) : folder) }];
    });
  const unique = new Map(served.map((each) => [joinPath(each.folder, each.url), each]));
  return unique.size === 0 ? {} : { served: [...unique.values()] };
}

/** Names of the packages that a `package.json` depends on. */
export function dependenciesOf(packageJson: string): ReadonlySet<string> {
  const json = parseJson(packageJson);
  const groups = isObject(json) ? [json["dependencies"], json["devDependencies"], json["peerDependencies"]] : [];
  return new Set(groups.filter(isObject).flatMap((group) => Object.keys(group)));
}

/** An alias that ends in a slash, and the folders below the project that it stands for. */
export type Alias = readonly [alias: string, folders: readonly string[]];

/** The aliases of `paths` in a `tsconfig.json` or `jsconfig.json`. */
export function aliasesOf(tsconfig: string): readonly Alias[] {
  const json = parseJson(tsconfig);
  const options = isObject(json) && isObject(json["compilerOptions"]) ? json["compilerOptions"] : {};
  const baseUrl = typeof options["baseUrl"] === "string" ? options["baseUrl"] : ".";
  const paths = isObject(options["paths"]) ? Object.entries(options["paths"]) : [];
  return paths.slice(0, 100).flatMap(([alias, targets]): readonly Alias[] => {
    const folders = (Array.isArray(targets) ? targets : [])
      .filter((target) => typeof target === "string" && target.endsWith("/*"))
      .flatMap((target: string) => folderOf(`${baseUrl}/${target.slice(0, -2)}`) ?? []);
    return alias.endsWith("/*") && alias.length > 2 && folders.length > 0 ? [[alias.slice(0, -1), folders]] : [];
  });
}

import type { Script } from "../reading/scriptValues.ts";
import { folderOf, isObject, textAt, valueAt } from "./configValue.ts";
import { joinPath } from "./site.ts";

/**
 * An alias that ends in a slash, and the folders below the project that it stands for; none if it
 * leads out of the project.
 */
export type Alias = readonly [alias: string, folders: readonly string[]];

/** Aliases of a configuration that are read at most. */
const maxAliases = 100;

/** The aliases of `paths` in a `tsconfig.json` or `jsconfig.json`. */
export function tsconfigAliases(tsconfig: unknown): readonly Alias[] {
  const baseUrl = textAt(tsconfig, "compilerOptions.baseUrl") ?? ".";
  const paths = valueAt(tsconfig, "compilerOptions.paths");
  return Object.entries(isObject(paths) ? paths : {})
    .slice(0, maxAliases)
    .flatMap(([alias, targets]): readonly Alias[] => {
      const folders = (Array.isArray(targets) ? targets : [])
        .filter((target) => typeof target === "string" && /^\*$|\/\*$/.test(target))
        .flatMap((target: string) => folderOf(`${baseUrl}/${target.slice(0, -1)}`) ?? []);
      return alias.endsWith("/*") && alias.length > 2 ? [[alias.slice(0, -1), folders]] : [];
    });
}

/**
 * Where configurations have aliases: Vite and webpack, “resolve.alias”; Astro and VitePress, which
 * pass it to Vite; Nuxt, “alias”; SvelteKit 2, “alias”.
 */
const aliasKeys = ["resolve.alias", "vite.resolve.alias", "alias", "kit.alias"] as const;

/** Names and paths: the properties of an object, or `find` and `replacement` of Vite. */
const pairsOf = (value: unknown): readonly (readonly [unknown, unknown])[] =>
  Array.isArray(value)
    ? value.map((each) => [valueAt(each, "find"), valueAt(each, "replacement")])
    : Object.entries(isObject(value) ? value : {});

/**
 * The aliases that the configuration of a bundler has for folders.
 *
 * @param name of the file.
 */
export const scriptAliases = ({ value }: Pick<Script, "value">, name: string): readonly Alias[] =>
  aliasKeys
    .flatMap((key) => pairsOf(valueAt(value, key)))
    .slice(0, maxAliases)
    .flatMap(([alias, path]): readonly Alias[] => {
      if (typeof alias !== "string" || typeof path !== "string") return [];
      // Vite starts at its root for a path with a slash, webpack at that of the file system.
      const start = path.startsWith("/") ? textAt(value, "root") : undefined;
      const isOutside = path.startsWith("/") && name.startsWith("webpack.");
      const folder = isOutside ? undefined : folderOf(joinPath(start ?? "", path.replace(/^\/|\/\*?$/g, "")));
      // Only names that differ from those of folders are looked for in links.
      return /^[@~#$][^$*]*\/?\*?$/.test(alias)
        ? [[`${alias.replace(/\/?\*?$/, "")}/`, folder === undefined ? [] : [folder]]]
        : [];
    });

import { readJson } from "../reading/scriptValues.ts";
import { folderOf, isObject, textAt, valueAt } from "./configValue.ts";

/** An alias that ends in a slash, and the folders below the project that it stands for. */
export type Alias = readonly [alias: string, folders: readonly string[]];

/** The aliases of `paths` in a `tsconfig.json` or `jsconfig.json`. */
export function aliasesOf(text: string): readonly Alias[] {
  const tsconfig = readJson(text);
  const baseUrl = textAt(tsconfig, "compilerOptions.baseUrl") ?? ".";
  const paths = valueAt(tsconfig, "compilerOptions.paths");
  return Object.entries(isObject(paths) ? paths : {})
    .slice(0, 100)
    .flatMap(([alias, targets]): readonly Alias[] => {
      const folders = (Array.isArray(targets) ? targets : [])
        .filter((target) => typeof target === "string" && target.endsWith("/*"))
        .flatMap((target: string) => folderOf(`${baseUrl}/${target.slice(0, -2)}`) ?? []);
      return alias.endsWith("/*") && alias.length > 2 && folders.length > 0 ? [[alias.slice(0, -1), folders]] : [];
    });
}

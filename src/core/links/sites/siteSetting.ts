import { basePathOf, folderOf, isObject } from "./configValue.ts";
import type { Site } from "./findSite.ts";
import { isBelow, pathBelow, type ServedFolder } from "./site.ts";

/** The folders of the setting: one that is served from the root, or each with its address. */
function servedOf(value: unknown): readonly ServedFolder[] | undefined {
  const pairs = typeof value === "string" ? [[value, ""]] : isObject(value) ? Object.entries(value) : [];
  const served = pairs.flatMap(([path, url]): readonly ServedFolder[] => {
    const folder = folderOf(String(path));
    return folder === undefined || typeof url !== "string" ? [] : [{ folder, url: basePathOf(url) }];
  });
  return served.length === 0 ? undefined : served;
}

/** The folder of the setting that is nearest to a document, below the workspace folder. */
const nearestFolder = (setting: Readonly<Record<string, unknown>>, document: string) =>
  Object.keys(setting)
    .flatMap((key) => {
      const folder = folderOf(key);
      return folder !== undefined && isBelow(document, folder) ? [{ key, folder }] : [];
    })
    .sort((one, other) => other.folder.length - one.folder.length)[0];

/**
 * The site of a document with what the user's setting says about it. A project that is nearer to
 * the document than every folder of the setting stays as it is. Values of a wrong type are ignored.
 *
 * @param found what the files around the document say.
 * @param workspace absolute path of the workspace folder; empty for the root of the file system.
 */
export function withSetting(
  found: Site | undefined,
  setting: unknown,
  document: string,
  workspace: string,
): Site | undefined {
  const below = document.slice(workspace.length).replace(/^\//, "");
  const nearest = isObject(setting) && isBelow(document, workspace) ? nearestFolder(setting, below) : undefined;
  const value = nearest && isObject(setting) ? setting[nearest.key] : undefined;
  if (nearest === undefined || !isObject(value)) return found;
  const root = pathBelow(workspace, nearest.folder);
  if (found !== undefined && found.root !== root && isBelow(found.root, root)) return found;
  const { served, base, links, component } = value;
  const project: Site = found?.root === root ? found : { root, served: [], base: "", content: [""], aliases: [] };
  return {
    ...project,
    served: servedOf(served) ?? project.served,
    base: typeof base === "string" ? basePathOf(base) : project.base,
    ...(links === "root" || links === "relative" ? { links } : {}),
    ...(typeof component === "string" ? { component } : {}),
  };
}

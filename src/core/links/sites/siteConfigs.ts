// Entry of dist/siteConfigs.js: what configurations say about the images of a site. It is loaded
// when a project has one.
import type { Script } from "../reading/scriptValues.ts";
import { basePathOf, folderAt, folderOf, isObject, parseJson, textAt, textsOf, valueAt } from "./configValue.ts";
import { type Alias, scriptAliases, tsconfigAliases } from "./pathAliases.ts";
import { angularConfig, eleventyConfig } from "./servedByConfig.ts";
import { joinPath, type SiteConfig, servedFromRoot } from "./site.ts";
import { topLevelValues } from "./topLevelValues.ts";

/** Reads a configuration in a language. `document` is the path of a document below the site. */
type ConfigReader =
  | { readonly script: (script: Script) => Partial<SiteConfig> }
  | { readonly json: (config: unknown, document: string) => Partial<SiteConfig> }
  | { readonly text: (config: string) => Partial<SiteConfig> };

/** Keys of a configuration in JavaScript. */
interface Keys {
  readonly served?: string;
  /** The folder that the served one is in, which is `public` by default. */
  readonly root?: string;
  readonly base?: string;
}

/** What the keys say in an object. */
function valuesOf(config: unknown, keys: Keys): Partial<SiteConfig> {
  const [served, root, base] = [keys.served, keys.root, keys.base].map((key) =>
    key === undefined ? undefined : textAt(config, key),
  );
  const isMoved = served !== undefined || root !== undefined;
  const folder = isMoved ? folderOf(joinPath(root ?? "", served ?? "public")) : undefined;
  return {
    ...(folder === undefined ? {} : { served: servedFromRoot(folder) }),
    ...(base === undefined ? {} : { base: basePathOf(base) }),
  };
}

const literals = (keys: Keys): ConfigReader => ({ script: ({ value }) => valuesOf(value, keys) });

const svelteKeys: Keys = { served: "files.assets", base: "paths.base" };

/** Version 3 has its configuration in the plugin of Vite, and 2 in its own file. */
const svelteConfig = ({ value, calls }: Script): Partial<SiteConfig> => ({
  ...valuesOf(valueAt(value, "kit"), svelteKeys),
  ...valuesOf(calls("sveltekit")[0]?.[0], svelteKeys),
});

function vitepressConfig({ value }: Script): Partial<SiteConfig> {
  const source = folderAt(value, "srcDir") ?? "";
  const served = servedFromRoot(joinPath(source, "public"));
  return { served, content: [source], base: basePathOf(textAt(value, "base")) };
}

function docusaurusConfig({ value }: Script): Partial<SiteConfig> {
  const folders = textsOf(valueAt(value, "staticDirectories")).flatMap((folder) => folderOf(folder) ?? []);
  return {
    ...(folders.length === 0 ? {} : { served: servedFromRoot(...folders) }),
    base: basePathOf(textAt(value, "baseUrl")),
  };
}

const mkdocsConfig = (config: string): Partial<SiteConfig> => {
  const folder = folderAt(topLevelValues(config), "docs_dir") ?? "docs";
  return { served: servedFromRoot(folder), content: [folder] };
};

function jekyllConfig(config: string): Partial<SiteConfig> {
  const values = topLevelValues(config);
  const source = folderAt(values, "source") ?? "";
  return { served: servedFromRoot(source), content: [source], base: basePathOf(textAt(values, "baseurl")) };
}

function hugoConfig(config: string): Partial<SiteConfig> {
  const values = config.trimStart().startsWith("{") ? parseJson(config) : topLevelValues(config);
  // Hugo's keys have no case.
  const entries = Object.entries(isObject(values) ? values : {}).map(([key, value]) => [key.toLowerCase(), value]);
  const { staticdir, baseurl } = Object.fromEntries(entries);
  const folders = textsOf(staticdir).flatMap((folder) => folderOf(folder) ?? []);
  return {
    served: servedFromRoot(...(folders.length === 0 ? ["static"] : folders), "content"),
    base: basePathOf(textsOf(baseurl)[0]),
  };
}

/** The readers, by the ID of the tool. */
const readers: Readonly<Record<string, ConfigReader>> = {
  next: literals({ base: "basePath" }),
  docusaurus: { script: docusaurusConfig },
  astro: literals({ served: "publicDir", root: "root", base: "base" }),
  nuxt: literals({ served: "dir.public", base: "app.baseURL" }),
  sveltekit: { script: svelteConfig },
  remix: literals({ base: "basename" }),
  gatsby: literals({ base: "pathPrefix" }),
  vitepress: { script: vitepressConfig },
  eleventy: { script: eleventyConfig },
  angular: { json: angularConfig },
  hugo: { text: hugoConfig },
  mkdocs: { text: mkdocsConfig },
  jekyll: { text: jekyllConfig },
  vite: literals({ served: "publicDir", root: "root", base: "base" }),
};

/** The parsers, which are loaded when something has to be read with them. */
const loadParsers = () => import("../reading/readImageLinks.ts");

/**
 * What a configuration says, as far as it is literal; nothing is executed.
 *
 * @param tool its ID.
 * @param document path of a document below the site.
 */
export async function readConfig(tool: string, config: string, document: string): Promise<Partial<SiteConfig>> {
  const read = readers[tool];
  if (read === undefined) return {};
  if ("text" in read) return read.text(config);
  const { readJson, readScript } = await loadParsers();
  return "json" in read ? read.json(readJson(config), document) : read.script(readScript(config));
}

/** The aliases that a `tsconfig.json`, or the configuration of a bundler, has for folders. */
export async function readAliases(name: string, config: string): Promise<readonly Alias[]> {
  const { readJson, readScript } = await loadParsers();
  return name.endsWith(".json") ? tsconfigAliases(readJson(config)) : scriptAliases(readScript(config), name);
}

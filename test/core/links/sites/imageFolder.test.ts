import { describe, expect, test } from "vitest";
import { findImageFolder, followsProject, followsSite } from "../../../../src/core/links/sites/imageFolder.ts";
import { type ProjectFiles, packageWith, root, siteOf } from "./projectFiles.ts";

/**
 * The folder for images of a project with these files. The paths of folders end in a slash, and
 * `illustrated` are folders that contain an image.
 */
async function folderOf(
  files: ProjectFiles,
  folders: readonly string[],
  ...illustrated: readonly string[]
): Promise<string | undefined> {
  const site = await siteOf({ "package.json": "{}", ...files }, "src/page.ts");
  const all = new Set(folders.map((path) => `${root}/${path}`));
  const found =
    site &&
    (await findImageFolder(
      site,
      async (path) => path === root || all.has(`${path}/`),
      async (path) => illustrated.includes(path.slice(root.length + 1)),
    ));
  return found?.slice(root.length + 1);
}

const uses = (name: string): ProjectFiles => ({ "package.json": packageWith(name) });

describe("The folder for images of a project", () => {
  test.each<[string, ProjectFiles, readonly string[], string]>([
    ["Vite", uses("vite"), ["public/", "src/assets/"], "public"],
    [
      "Next.js, with a folder for images in it",
      uses("next"),
      ["public/", "public/images/", "public/img/"],
      "public/images",
    ],
    ["SvelteKit", uses("@sveltejs/kit"), ["static/", "public/"], "static"],
    ["Docusaurus, as it is made", uses("@docusaurus/core"), ["static/", "static/img/"], "static/img"],
    ["Gatsby, after a build", { "gatsby-config.ts": "" }, ["public/", "static/", "src/images/"], "static"],
    ["Gatsby without a static folder", { "gatsby-config.js": "" }, ["public/", "src/images/"], "src/images"],
    ["Hugo with npm packages, after a build", { "hugo.toml": "" }, ["public/", "static/", "content/"], "static"],
    ["Hugo without a static folder", { "hugo.toml": "" }, ["public/", "content/", "assets/"], "assets"],
    ["Eleventy", { ".eleventy.js": 'c.addPassthroughCopy("pics")' }, ["images/", "pics/"], "pics"],
    ["Jekyll", { "_config.yml": "" }, ["assets/", "assets/img/"], "assets/img"],
    ["MkDocs or another tool whose folder has pages too", { "_config.yml": "" }, ["images/"], "images"],
    ["Rails", { Gemfile: "", "config/application.rb": "" }, ["public/", "app/assets/images/"], "app/assets/images"],
    ["a tool that Limn does not know", {}, ["public/", "static/"], "public"],
    ["such a tool, with static files", {}, ["static/", "src/assets/"], "static"],
    ["Angular up to version 17", {}, ["src/assets/"], "src/assets"],
    ["Expo", {}, ["assets/", "assets/images/"], "assets/images"],
    ["none of these", {}, ["images/"], "images"],
  ])("of %s is one that exists", async (_, files, folders, expected) => {
    expect(await folderOf(files, folders)).toBe(expected);
  });

  test("is the served one that is named for images, then one for all files, then one that has an image", async () => {
    const copied = (...paths: readonly string[]): ProjectFiles => ({
      ".eleventy.js": paths.map((path) => `c.addPassthroughCopy(${JSON.stringify(path)});`).join("\n"),
    });
    const [css, data, art] = ["css/", "data/", "art/"];
    expect(await folderOf(copied("css", "data", "img"), [css, data, "img/"])).toBe("img");
    expect(await folderOf(copied("css", "data", "site/static"), [css, data, "site/static/"])).toBe("site/static");
    expect(await folderOf(copied("css", "data", "art"), [css, data, art], "art")).toBe("art");
    expect(await folderOf(copied("css", "data", "art"), [css, data, art])).toBeUndefined();
    const others = ["css", "src/i18n", "node_modules/lib/images", "assets/fonts", "js"];
    expect(
      await folderOf(
        copied(...others),
        others.map((path) => `${path}/`),
        ...others,
      ),
    ).toBeUndefined();
  });

  test("is the public folder of a tool, whatever its name is", async () => {
    expect(await folderOf({ "vite.config.js": 'export default { publicDir: "www" }' }, ["www/"])).toBe("www");
  });

  test("is unknown if there is none, or only the output of a build", async () => {
    expect(await folderOf({}, ["src/"])).toBeUndefined();
    expect(await folderOf({ "gatsby-config.mjs": "" }, ["public/", "public/images/"])).toBeUndefined();
  });

  test("is for code, and for documents that a tool makes pages of", async () => {
    expect(["typescriptreact", "svelte", "css", "plaintext", undefined].filter(followsProject)).toHaveLength(5);
    expect(["markdown", "html", "latex"].filter(followsProject)).toEqual([]);
    const astro = await siteOf(uses("astro"), "src/pages/a.md");
    const other = await siteOf({ "package.json": "{}" }, "docs/a.md");
    const follows = (site: typeof astro, path: string, languageId: string) =>
      site !== undefined && followsSite(site, `${root}/${path}`, languageId);
    expect(follows(astro, "src/pages/a.md", "markdown")).toBe(true);
    expect(follows(astro, "README.md", "markdown")).toBe(false);
    expect(follows(other, "docs/a.md", "markdown")).toBe(false);
    expect(follows(other, "src/a.css", "css")).toBe(true);
  });
});

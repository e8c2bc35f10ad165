import { describe, expect, test } from "vitest";
import { findImageFolder, followsProject } from "../../../src/core/files/imageFolders.ts";

/** The folder of a project with these files and folders; the names of folders end in a slash. */
const folderOf = (...names: readonly string[]): Promise<string | undefined> =>
  findImageFolder({
    hasFile: async (path) => names.includes(path),
    hasFolder: async (path) => names.includes(`${path}/`),
  });

describe("The folder for images of a project", () => {
  test.each([
    ["Vite, Next.js, Nuxt or Astro", ["public/", "src/assets/"], "public"],
    ["Next.js, with a folder for images in it", ["public/", "public/images/", "public/img/"], "public/images"],
    ["SvelteKit or Docusaurus", ["static/", "src/assets/"], "static"],
    ["Docusaurus, as it is made", ["static/", "static/img/"], "static/img"],
    ["Gatsby, after a build", ["gatsby-config.ts", "public/", "static/", "src/images/"], "static"],
    ["Gatsby without a static folder", ["gatsby-config.js", "public/", "src/images/"], "src/images"],
    ["Hugo with npm packages, after a build", ["hugo.toml", "public/", "static/"], "static"],
    ["Angular up to version 17", ["src/assets/"], "src/assets"],
    ["Expo", ["assets/", "assets/images/"], "assets/images"],
    ["none of these", ["images/"], "images"],
  ])("of %s is one that exists", async (_, names, expected) => {
    expect(await folderOf(...names)).toBe(expected);
  });

  test("is unknown if there is none, or only the output of a build", async () => {
    expect(await folderOf("src/", "package.json")).toBeUndefined();
    expect(await folderOf("gatsby-config.mjs", "public/", "public/images/")).toBeUndefined();
  });

  test("is not a file of that name", async () => {
    expect(await folderOf("public", "static/")).toBe("static");
  });

  test("is for code, not for documents that are read without a build", () => {
    expect(["typescriptreact", "svelte", "css", "plaintext", undefined].filter(followsProject)).toHaveLength(5);
    expect(["markdown", "html", "latex"].filter(followsProject)).toEqual([]);
  });
});

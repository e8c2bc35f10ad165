import { describe, expect, test } from "vitest";
import { checkPath, checkToolFolders } from "../../../src/core/files/pathRules.ts";

describe("The path of a file", () => {
  test.each([
    ["linux", "x".repeat(255), undefined],
    ["linux", "x".repeat(256), /^The name “x{40}…” is too long: 256 bytes, and this system allows 255\./],
    ["linux", "山".repeat(85), undefined],
    ["linux", "山".repeat(86), /too long: 258 bytes/],
    ["darwin", "山".repeat(86), /too long: 258 bytes/],
    ["win32", "山".repeat(255), undefined],
    ["win32", "山".repeat(256), /too long: 256 characters/],
    ["linux", "con", undefined],
    ["win32", "con", /“con” is reserved by Windows for a device/],
    ["win32", "Lpt1.images", /reserved by Windows/],
    ["linux", 'a:b*?"<>|', undefined],
    ["win32", "a:b", /“a:b” has a character that this system does not allow: :/],
    ["win32", "a\u0007b", /does not allow: ‹U\+0007›/],
    ["linux", "a\u0000b", /“a‹U\+0000›b” has a character that this system does not allow/],
    ["linux", "a. ", undefined],
    ["win32", "a.", /ends in a dot or a space/],
    ["win32", "a ", /ends in a dot or a space/],
    ["unknown", "x".repeat(256), /too long/],
  ])("on %s is checked for the folder %j", (platform, folder, sentence) => {
    const problem = checkPath(["home", folder, "a.png"], platform);
    if (sentence === undefined) {
      expect(problem).toBeUndefined();
    } else {
      expect(problem).toMatch(sentence);
    }
  });

  test.each([
    ["linux", 4095],
    ["darwin", 1023],
    ["win32", 32_766],
  ])("on %s may have %i units, which leaves room for the temporary file", (platform, limit) => {
    const folders = [..."/ab".repeat(limit / 3 - 30).matchAll(/ab/g)].map(([name]) => name);
    const rest = limit - `/${folders.join("/")}/`.length;
    expect(checkPath([...folders, "x".repeat(rest)], platform)).toBeUndefined();
    expect(checkPath([...folders, "x".repeat(rest + 1)], platform)).toMatch(/^The whole path is too long: \d+ /);
    expect(checkPath([...folders, "x"], platform, rest)).toBeUndefined();
    expect(checkPath([...folders, "x"], platform, rest + 1)).toMatch(/too long/);
  });
});

describe("A tool's folder", () => {
  test.each([
    [".git/hooks", "Git"],
    ["packages/web/.GIT", "Git"],
    [".git./hooks", "Git"],
    [".git /hooks", "Git"],
    [".g\u200Cit/hooks", "Git"],
    ["GIT~1/hooks", "Git"],
    [".git::$INDEX_ALLOCATION", "Git"],
    ["．git", "Git"],
    [".hg/store", "Mercurial"],
    [".svn", "Subversion"],
    ["web/node_modules/pkg", "npm"],
    [".vscode", "VS Code"],
    [".github/workflows", "GitHub Actions"],
    [".GitHub/Workflows/x", "GitHub Actions"],
  ])("is refused for pictures: %s", (path, owner) => {
    expect(checkToolFolders(path.split("/"))).toContain(owner);
  });

  test.each(["images", ".github/assets", "git", ".gitbook/assets", "workflows", "docs/.well-known", "constructor"])(
    "is not %s",
    (path) => {
      expect(checkToolFolders(path.split("/"))).toBeUndefined();
    },
  );
});

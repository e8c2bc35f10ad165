import assert from "node:assert/strict";
import { Uri } from "vscode";
import { fileUriIn } from "../../../src/core/files/uri.ts";
import { folderAbove, isKeptAs, isSameFile, uriKey } from "../../../src/host/workspace/fileUri.ts";

describe("URIs of one file", () => {
  const printable = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 33 + index)).replace("/", "");

  it("have the same spelling in VS Code and in Limn's core", () => {
    for (const name of [printable, "a b", "hero (dark).png", "naïve 山 🦊.png", "100%25.png"]) {
      assert.equal(fileUriIn("file:///site", name), Uri.joinPath(Uri.parse("file:///site"), name).toString());
    }
  });

  it("are equal in any spelling, and differ from those of other files", () => {
    const file = Uri.file("/site/hero (dark)!.png");
    assert.ok(isSameFile(file, "file:///site/hero%20(dark)!.png"));
    assert.ok(isSameFile("file:///site/hero%20%28dark%29%21.png", "file:///site/hero (dark)!.png"));
    assert.ok(isKeptAs({ kept: ["file:///a.png", "file:///site/hero%20(dark)!.png"] }, file));
    assert.ok(!isSameFile("file:///site/a%2Bb.png", "file:///site/a%20b.png"));
    assert.ok(!isSameFile("memfs:/a.png", "file:///a.png"));
  });

  it("have their workspace folder in the spelling of the file", () => {
    const above = (file: string, folder: string) => folderAbove(Uri.parse(file), Uri.parse(folder))?.path;
    assert.equal(above("file:///C:/w/a/b.md", "file:///c:/w"), "/C:/w");
    assert.equal(above("file:///w/b.md", "file:///"), "/");
    assert.equal(above("file:///web/b.md", "file:///w"), undefined);
    assert.equal(above("file:///w", "file:///w"), undefined);
    assert.equal(above("memfs:/w/b.md", "file:///w"), undefined);
  });

  it("differ by case only on a case-sensitive disk", () => {
    const [one, other] = ["file:///Site/Caf%C3%A9.png", "file:///site/cafe%CC%81.png"];
    assert.equal(uriKey(one, true), uriKey(other, true));
    assert.notEqual(uriKey(one, false), uriKey(other, false));
    assert.notEqual(uriKey("memfs:/A.png", true), uriKey("memfs:/a.png", true));
  });
});

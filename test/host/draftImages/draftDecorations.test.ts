import assert from "node:assert/strict";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CancellationTokenSource, Uri, workspace } from "vscode";
import { DraftDecorations } from "../../../src/host/draftImages/draftDecorations.ts";
import { markAsDraft } from "../../../src/imaging/draftFile.ts";
import { greyPng } from "../../support/greyPng.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, uriInWorkspace } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";

const draft = markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model: "klingai:kling-image@3" });

/** Decorations beside those of Limn, for which this test asks as VS Code does. */
function observe() {
  let drafts: readonly string[] = [];
  const decorations = new DraftDecorations((paths) => {
    drafts = paths;
  });
  const announced: string[] = [];
  decorations.onDidChangeFileDecorations(({ fsPath }) => announced.push(fsPath));
  const badges = async (...files: readonly Uri[]) => {
    const { token } = new CancellationTokenSource();
    return Promise.all(files.map(async (file) => (await decorations.provideFileDecoration(file, token))?.badge));
  };
  const waitForDrafts = (...files: readonly Uri[]) =>
    waitUntil(
      `${files.length} are drafts`,
      async () => [...drafts].sort().join() === files.map(({ fsPath }) => fsPath).join(),
    );
  return { decorations, announced, badges, waitForDrafts };
}

describe("The badge of drafts", () => {
  let observed: ReturnType<typeof observe>;
  beforeEach(() => {
    observed = observe();
  });
  afterEach(() => observed.decorations.dispose());

  it("follows changes of the files that VS Code has asked for, and of no others", async () => {
    const { announced, badges, waitForDrafts } = observed;
    const folder = freshFolder();
    const shown = [await write(`${folder}/a.png`, draft), await write(`${folder}/b.JPG`, greyPng(8, 8, 128))] as const;
    const hidden = await write(`${folder}/hidden.png`, draft);
    assert.deepEqual(await badges(...shown), ["D", undefined]);
    await waitForDrafts(shown[0]);
    announced.length = 0;
    await waitUntil("the change is announced", async () => {
      // Written again each time, since a new folder is watched some time after it is created. The
      // events come in this order.
      await writeFile(hidden.fsPath, greyPng(8, 8, 1));
      await writeFile(shown[1].fsPath, draft);
      return announced.includes(shown[1].fsPath);
    });
    assert.deepEqual(
      announced.filter((path) => path === hidden.fsPath),
      [],
    );
    assert.deepEqual(await badges(...shown), ["D", "D"]);
    await waitForDrafts(...shown);
    await rm(uriInWorkspace(folder).fsPath, { recursive: true });
    await waitForDrafts();
  });

  it("is that of files in the workspace only, also after its folders have changed", async () => {
    const { announced, badges, waitForDrafts } = observed;
    const outside = await mkdtemp(join(tmpdir(), "limn-drafts-"));
    const file = Uri.file(join(outside, "a.png"));
    const link = uriInWorkspace(`${freshFolder()}/link.png`);
    await workspace.fs.createDirectory(Uri.joinPath(link, ".."));
    await writeFile(file.fsPath, draft);
    await symlink(file.fsPath, link.fsPath);
    assert.deepEqual(await badges(file, link), [undefined, undefined]);
    const count = workspace.workspaceFolders?.length ?? 0;
    await changeFolders(count, 0, Uri.file(outside));
    assert.deepEqual([announced.includes(file.fsPath), await badges(file)], [true, ["D"]]);
    await waitForDrafts(file);
    announced.length = 0;
    await changeFolders(count, 1);
    // The creation of the link may be announced at any time.
    const ofFolder = announced.filter((path) => path !== link.fsPath);
    assert.deepEqual([ofFolder, await badges(file)], [[file.fsPath], [undefined]]);
    await waitForDrafts();
    await rm(outside, { recursive: true });
  });

  it("takes four reads at a time, and none for a file that VS Code shows no more", async () => {
    const { decorations } = observed;
    const folder = freshFolder();
    const files = await Promise.all(Array.from({ length: 6 }, (_, index) => write(`${folder}/${index}.png`, draft)));
    const source = new CancellationTokenSource();
    const asked = files.map((file) => decorations.provideFileDecoration(file, source.token));
    source.cancel();
    const given = (await Promise.all(asked)).map((decoration) => decoration?.badge);
    assert.deepEqual(given, ["D", "D", "D", "D", undefined, undefined]);
  });
});

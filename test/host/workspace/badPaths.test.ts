import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { ConfigurationTarget, commands, workspace } from "vscode";
import { fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { fileNamesIn, freshFolder, jobFilesOf, uriInWorkspace } from "../support/files.ts";
import { draftOf, send, snapshot } from "../support/panel.ts";
import { enter, enterTimes, pressEscape, typeText } from "../support/quickInput.ts";
import { generateFromSelection } from "../support/selection.ts";
import { recordRequests } from "../support/testService.ts";

/** Returns the panel's errors for a path: when it is typed and when Generate is pressed. */
async function panelErrors(path?: string): Promise<readonly [typed: string, pressed: string]> {
  const requestedDraft = draftOf("A stork", path === undefined ? {} : { path });
  await send({ type: "previewPath", draft: requestedDraft });
  const typed = (await snapshot()).draft.savePathPreview?.error ?? "";
  await send({ type: "generate", draft: requestedDraft });
  const pressed = (await snapshot()).lastError?.message ?? "";
  await send({ type: "dismissError" });
  return [typed, pressed];
}

/** Types a path into the flow; resolves with whether Enter accepts it. */
async function isAcceptedByFlow(prompt: string, path: string): Promise<boolean> {
  const { done } = await generateFromSelection(prompt);
  await enterTimes(3);
  await commands.executeCommand("editor.action.selectAll");
  await typeText(path);
  await enter();
  await pressEscape();
  const result = await done;
  await commands.executeCommand("workbench.action.closeAllEditors");
  return result !== undefined || (await jobFilesOf(prompt)).length > 0;
}

describe("a path that cannot be saved", () => {
  const [letters, characters] = ["x".repeat(300), "山".repeat(90)];
  const refused: readonly (readonly [what: string, path: string, message: RegExp])[] = [
    [
      "a folder's name of 300 letters",
      `made/${letters}/a.png`,
      /^The name “x{40}…” is too long: 300 bytes, and .* 255/,
    ],
    ["a folder's name of 90 Chinese characters", `${characters}/a.png`, /^The name “山{40}…” is too long: 270 bytes/],
    ["a path that is too long", `${"deep/".repeat(850)}a.png`, /^The whole path is too long: \d+ bytes/],
    ["a folder of Git", ".git/hooks/a.png", /^“\.git” is a folder of Git, so no picture is saved in it/],
    ["a folder of Git in a package, in capitals", "shop/.GIT/a.png", /^“\.GIT” is a folder of Git/],
    ["a folder of Git after a placeholder", "made/{date}/node_modules/a.png", /^“node_modules” is a folder of/],
    ["a folder of Git with an invisible character", ".g\u200cit/a.png", /^“\.g‹U\+200C›it” is a folder of Git/],
    ["a folder of GitHub's workflows", ".github/workflows/a.png", /^“workflows” is a folder of GitHub Actions/],
  ];
  for (const [what, path, message] of refused) {
    it(`is refused with an error that names its part and the rule: ${what}`, async () => {
      const sent = recordRequests();
      assert.match(await rejectionMessage(generate({ ...fastOptions, prompt: "A stork", path })), message);
      assert.match(
        await rejectionMessage(generate({ ...fastOptions, prompt: "A stork", path: uriInWorkspace(path) })),
        message,
      );
      if (path.length < 1000) {
        const [typed, pressed] = await panelErrors(path);
        assert.match(typed, message);
        assert.match(pressed, message);
        assert.equal(await isAcceptedByFlow(`A stork at ${what}`, path), false);
      }
      assert.equal(sent.requests("imageInference").length, 0);
    });
  }

  it("is refused if a symlink of the repository leads into a folder of Git", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(".git/hooks").fsPath, { recursive: true });
    await mkdir(uriInWorkspace(`${folder}/..`).fsPath, { recursive: true });
    await symlink(uriInWorkspace(".git/hooks").fsPath, uriInWorkspace(folder).fsPath);
    const sent = recordRequests();
    assert.match(
      await rejectionMessage(generate({ ...fastOptions, prompt: "A stork", path: `${folder}/a.png` })),
      /“\.git” is a folder/,
    );
    assert.deepEqual([sent.requests().length, await fileNamesIn(".git/hooks")], [0, []]);
  });

  it("is refused if it comes from the workspace's settings, with the setting in the error", async () => {
    const settings = workspace.getConfiguration("limn");
    const sent = recordRequests();
    for (const [folder, message] of [
      [".git/hooks", /^“\.git” is a folder of Git.*“limn\.folder”/],
      [letters, /^The name “x{40}…” is too long: 300 bytes.*“limn\.folder”/],
      ["../other", /leads out.*“limn\.folder”/],
    ] as const) {
      await settings.update("folder", folder, ConfigurationTarget.Workspace);
      try {
        assert.match(await rejectionMessage(generate({ ...fastOptions, prompt: "A stork" })), message);
        for (const error of await panelErrors()) {
          assert.match(error, message);
        }
      } finally {
        await settings.update("folder", undefined, ConfigurationTarget.Workspace);
      }
    }
    assert.equal(sent.requests().length, 0);
  });

  it("is shown with visible escapes of bidirectional characters", async () => {
    await send({ type: "previewPath", draft: draftOf("A stork", { path: "made/\u202egnp/a.png" }) });
    const { savePath } = (await snapshot()).draft.savePathPreview ?? {};
    assert.equal(savePath, "made/‹U+202E›gnp/a.png");
    await send({ type: "previewPath", draft: draftOf("A stork", { path: savePath ?? "" }) });
    assert.equal((await snapshot()).draft.savePathPreview?.savePath, savePath);
  });

  it("is saved if its folder names have exactly the maximum length", async () => {
    const folder = `${freshFolder()}/${"y".repeat(255)}/${"山".repeat(85)}`;
    await generate({ ...fastOptions, prompt: "A stork", path: `${folder}/${"z".repeat(300)}.png` });
    assert.deepEqual(await fileNamesIn(folder), [`${"z".repeat(200)}.png`]);
  });
});

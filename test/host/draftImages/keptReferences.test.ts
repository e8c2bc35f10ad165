import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { commands } from "vscode";
import { keptReference } from "../../../src/host/draftImages/keptReference.ts";
import { keptReferences } from "../../../src/host/draftImages/keptReferences.ts";
import { type DraftImage, markAsDraft, readDraft } from "../../../src/imaging/draftFile.ts";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { fileNamesIn, formatAndSize, freshFolder, uriInWorkspace, workspaceRoot } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";
import { clearReferences, freshPrompt, send, snapshot } from "../support/panel.ts";
import { enter, enterUntilDone, runUntilInput, typeText, waitForInput } from "../support/quickInput.ts";
import { recordRequests } from "../support/testService.ts";

const [renderDrafts, model] = ["limn.renderDrafts", "klingai:kling-image@3"];

const bytesAt = (path: string): Promise<Uint8Array> => readFile(uriInWorkspace(path).fsPath);
const draftAt = async (path: string): Promise<DraftImage | undefined> => readDraft(await bytesAt(path));

/** Adds a file or an address to the references of the form. */
async function addReference(list: string): Promise<void> {
  const { length } = (await snapshot()).draft.references;
  await send({ type: "dropUris", list });
  await waitUntil("it is a reference", async () => (await snapshot()).draft.references.length === length + 1);
}

describe("A draft with reference images", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await clearReferences();
    await send({ type: "keepDraft", draft: {}, changedAt: Date.now() });
  });

  it("keeps the paths of those in the workspace folder, and is rendered with them", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    const photo = await write(`${folder}/my photos/50% hut.png`, greyPng(400, 400, 128));
    await addReference(photo.toString());
    await send({
      type: "keepDraft",
      draft: { prompt, path: `${folder}/hero.png`, format: "PNG", shape: "like-reference" },
      changedAt: Date.now(),
    });
    await commands.executeCommand("limn.makeDraftFromPanel");
    const made = await draftAt(`${folder}/hero.png`);
    assert.deepEqual(made?.references, [`${folder}/my%20photos/50%25%20hut.png`]);

    const sent = recordRequests();
    await enterUntilDone(await runUntilInput(renderDrafts, uriInWorkspace(`${folder}/hero.png`)));
    const [task, ...others] = sent.tasks();
    assert.deepEqual([task?.inputs?.referenceImages?.length, others.length], [1, 0]);
    assert.match(task?.inputs?.referenceImages?.[0] ?? "", /^data:image\/|^[\da-f-]{36}$/);
    assert.deepEqual(
      [await draftAt(`${folder}/hero.png`), formatAndSize(await bytesAt(`${folder}/hero.png`))],
      [undefined, `png ${made.width}x${made.height}`],
    );
  });

  it("is not made if one cannot be stored, since its address may be secret", async () => {
    const folder = freshFolder();
    const { done } = await waitForInput("addRemoteReference", () => send({ type: "addRemoteReference" }));
    await typeText("https://example.org/hut.png?signature=1");
    await enter();
    await done;
    assert.equal((await snapshot()).draft.references.length, 1);
    const draft = { prompt: freshPrompt(), path: `${folder}/hero.png` };
    await send({ type: "keepDraft", draft, changedAt: Date.now() });
    await commands.executeCommand("limn.makeDraftFromPanel");
    assert.deepEqual(await fileNamesIn(folder), []);
  });

  it("is not listed if one is gone, or leads out of the workspace folder", async () => {
    const folder = freshFolder();
    const draftWith = (reference: string) =>
      markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model, references: [reference] });
    const gone = await write(`${folder}/gone.png`, draftWith(`${folder}/gone/hut.png`));
    const hostile = await write(`${folder}/hostile.png`, draftWith("../../etc/hut.png"));
    const sent = recordRequests();
    // They end without a list.
    await commands.executeCommand(renderDrafts, gone);
    await commands.executeCommand(renderDrafts, hostile);
    assert.equal(sent.requests().length, 0);
    const outside = { label: "hut.png", image: "", source: "file:///elsewhere/hut.png" };
    assert.match(keptReferences([outside], workspaceRoot()).obstacle ?? "", /^A draft cannot keep hut\.png/);
    for (const kept of ["..", "a/../../b.png", "%2e%2e/b.png", "a%2F..%2Fb.png", "..%5Cb.png", "/etc/b.png", "%"]) {
      assert.throws(() => keptReference(kept, workspaceRoot()), /not in the workspace folder/, kept);
    }
    const address = "https://example.org/a/hut.png";
    assert.deepEqual(
      ["uri" in keptReference("a/b%20c.png", workspaceRoot()), "image" in keptReference(address, workspaceRoot())],
      [true, true],
    );
  });
});

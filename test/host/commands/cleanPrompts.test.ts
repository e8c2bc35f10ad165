import assert from "node:assert/strict";
import { commands } from "vscode";
import { fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { freshFolder } from "../support/files.ts";
import { clearReferences, draftOf, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";
import { enter, enterTimes, pressEscape, runUntilInput, typeText } from "../support/quickInput.ts";
import { selectText } from "../support/selection.ts";
import { recordRequests } from "../support/testService.ts";

/** A prompt of invisible characters. */
const unseen = "\u200b\u2060\u200b";

describe("a prompt", () => {
  before(clearReferences);
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeQuickOpen");
    await commands.executeCommand("workbench.action.closeAllEditors");
    await send({ type: "dismissError" });
  });

  it("of invisible characters counts as empty in an argument, the panel, the flow and a selection", async () => {
    const sent = recordRequests();
    const empty = /^The prompt is empty\. Write what the picture should show\.$/;
    assert.match(await rejectionMessage(generate({ ...fastOptions, prompt: unseen })), empty);
    await send({ type: "generate", draft: draftOf(unseen) });
    assert.match((await snapshot()).lastError?.message ?? "", empty);
    await send({ type: "savePrompt", text: unseen });
    assert.match((await snapshot()).lastError?.message ?? "", /^There is no prompt to save/);
    await selectText(unseen);
    assert.equal(await commands.executeCommand("limn.generateFromSelection"), undefined);
    const { done } = await runUntilInput("limn.generate");
    await commands.executeCommand("editor.action.selectAll");
    await typeText(unseen);
    await enterTimes(5);
    await pressEscape();
    assert.equal(await done, undefined);
    assert.equal(sent.requests("imageInference").length, 0);
  });

  it("is sent without control characters and lone surrogates, from an argument and from the panel", async () => {
    const [first, second] = [freshPrompt(), freshPrompt()];
    const dirty = (prompt: string) => `\ufeff${prompt}\u0000,\u0007 in\ud83d snow\r\nat dusk \udc00`;
    const clean = (prompt: string) => `${prompt}, in snow\nat dusk`;
    const sent = recordRequests();
    await generate({ ...fastOptions, prompt: dirty(first), path: `${freshFolder()}/a.png` });
    await send({ type: "generate", draft: draftOf(dirty(second)) });
    await generateAndWait(clean(freshPrompt()));
    const prompts = sent.tasks().map(({ positivePrompt }) => positivePrompt);
    assert.deepEqual(prompts.slice(0, 2), [clean(first), clean(second)]);
  });

  it("keeps a zero-width joiner between visible characters", async () => {
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.generate");
    await commands.executeCommand("editor.action.selectAll");
    await typeText("👩‍🚀 on the moon");
    await enter();
    await enterTimes(3);
    await done;
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      ["👩‍🚀 on the moon"],
    );
  });
});

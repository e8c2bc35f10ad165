import assert from "node:assert/strict";
import { ConfigurationTarget, workspace } from "vscode";
import { fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { freshFolder, jobFilesOf } from "../support/files.ts";
import { draftOf, send, snapshot } from "../support/panel.ts";
import { recordRequests, setSetting } from "../support/testService.ts";

/** A settings file can hold any value: VS Code does not check it. */
const writeSetting = (key: string, value: unknown) =>
  workspace.getConfiguration("limn").update(key, value, ConfigurationTarget.Global);

const messageFor = (shown: string): string =>
  `Limn does not know the engine “${shown}” of the setting “limn.engine”, so nothing was sent. Set it to “runware” or to “sandbox”.`;

describe("an invalid engine in the settings", () => {
  afterEach(() => setSetting("engine", undefined));

  it("never counts as Runware: nothing is bought, and the message names the valid values", async () => {
    const sent = recordRequests();
    const prompt = "A heron of no engine";
    for (const [value, shown] of [
      ["Sandbox", "Sandbox"],
      ["", ""],
      [null, "null"],
      [true, "true"],
      [["sandbox"], '["sandbox"]'],
    ] as const) {
      await writeSetting("engine", value);
      const message = await rejectionMessage(generate({ ...fastOptions, prompt, path: `${freshFolder()}/a` }));
      assert.equal(message, messageFor(shown));
    }
    assert.deepEqual(await jobFilesOf(prompt), []);
    assert.equal(sent.requests().length, 0);
  });

  it("is refused in the panel too, with a link to the settings, and shows prices until it is corrected", async () => {
    const sent = recordRequests();
    const prompt = "A swan of no engine";
    await writeSetting("engine", "sandbx");
    await send({ type: "ready" });
    const { kind, invalid } = (await snapshot()).engine;
    assert.deepEqual([kind, invalid], ["runware", "sandbx"]);
    await send({ type: "generate", draft: draftOf(prompt) });
    const { lastError } = await snapshot();
    assert.deepEqual([lastError?.message, lastError?.remedy], [messageFor("sandbx"), "settings"]);
    assert.deepEqual(await jobFilesOf(prompt), []);
    assert.equal(sent.requests("imageInference").length, 0);
  });
});

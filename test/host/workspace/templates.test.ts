import assert from "node:assert/strict";
import { commands, Uri } from "vscode";
import { fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { describeFile, fileNamesIn, freshFolder, uriInWorkspace } from "../support/files.ts";
import { clearReferences, draftOf, firstPicture, generateAndWait, send, snapshot } from "../support/panel.ts";
import { enterTimes } from "../support/quickInput.ts";
import { generateFromSelection } from "../support/selection.ts";
import { recordRequests, setSetting } from "../support/testService.ts";

const pad = (value: number) => String(value).padStart(2, "0");

/** Returns today's date in the format of templates. */
function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** Ways to generate a picture under the file name of the settings; each returns its URI. */
const entryPoints: Readonly<Record<string, (prompt: string) => Promise<string | undefined>>> = {
  "a command with an argument": async (prompt) => (await generate({ ...fastOptions, prompt })).files[0],
  "the flow": async (prompt) => {
    const { done } = await generateFromSelection(prompt);
    await enterTimes(4);
    const result = await done;
    return typeof result === "object" && result !== null && "files" in result && Array.isArray(result.files)
      ? String(result.files[0])
      : undefined;
  },
  "the panel": async (prompt) => {
    await send({ type: "ready" });
    const { path, format } = (await snapshot()).draft.defaults;
    const job = await generateAndWait(prompt, { path, format });
    await send({ type: "keep", ...firstPicture(job).ref });
    const kept = (await snapshot()).jobs.find(({ id }) => id === job.id)?.pictures[0]?.kept[0];
    return kept === undefined ? undefined : uriInWorkspace(kept).toString();
  },
};

describe("file name templates", () => {
  before(clearReferences);
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await send({ type: "dismissError" });
  });

  for (const [way, make] of Object.entries(entryPoints)) {
    it(`of the settings may contain folders with placeholders, for ${way}`, async () => {
      const folder = freshFolder();
      await setSetting("folder", `${folder}/{width}`);
      await setSetting("fileName", "{date}/{slug}");
      const file = (await make(`A kite of ${way}`)) ?? "";
      const name = `a-kite-of-${way.replaceAll(" ", "-")}.jpg`;
      const [, width] = /^\S+: jpg (\d+)x\d+$/.exec(await describeFile(file)) ?? [];
      assert.equal(file, uriInWorkspace(`${folder}/${width}/${today()}/${name}`).toString());
    });

    it(`of the settings decide the format by their extension, for ${way}`, async () => {
      await setSetting("folder", freshFolder());
      await setSetting("fileName", "{slug}.png");
      const file = (await make(`A heron of ${way}`)) ?? "";
      assert.match(
        await describeFile(file),
        new RegExp(`^a-heron-of-${way.replaceAll(" ", "-")}\\.png: png \\d+x\\d+$`),
      );
    });
  }

  it("of the settings must not contradict the format of an argument or a draft", async () => {
    await setSetting("fileName", "{slug}.png");
    const sent = recordRequests();
    const sentence =
      /^The file name ends in \.png, but the format is JPG\. Change one of them\. It comes from .*“limn\.fileName”/;
    assert.match(await rejectionMessage(generate({ ...fastOptions, prompt: "A heron", format: "jpg" })), sentence);
    await send({ type: "ready" });
    const { path } = (await snapshot()).draft.defaults;
    await send({ type: "previewPath", draft: draftOf("A heron", { path, format: "JPG" }) });
    assert.match((await snapshot()).draft.savePathPreview?.error ?? "", sentence);
    await send({ type: "generate", draft: draftOf("A heron", { path, format: "JPG" }) });
    assert.match((await snapshot()).lastError?.message ?? "", sentence);
    assert.deepEqual(sent.tasks(), []);
  });

  it("that are invalid cause an error with the setting's name, and nothing is sent", async () => {
    const sent = recordRequests();
    for (const [fileName, message] of [
      ["{dat}/{slug}", /^\{dat\} is not a placeholder.*“limn\.fileName”/],
      ["../{slug}", /“\.\.”.*“limn\.fileName”/],
      ["{slug}.gif", /\.gif.*“limn\.fileName”/],
      ["", /^The file name is empty.*“limn\.fileName”/],
    ] as const) {
      await setSetting("fileName", fileName);
      assert.match(await rejectionMessage(generate({ ...fastOptions, prompt: "A heron" })), message);
      await send({ type: "generate", draft: draftOf("A heron") });
      assert.match((await snapshot()).lastError?.message ?? "", message);
    }
    assert.deepEqual(sent.tasks(), []);
  });

  it("of a path or URI may contain folders with placeholders as well", async () => {
    const folder = freshFolder();
    await generate({ ...fastOptions, prompt: "A wren", path: `${folder}/{ratio}/{n}/wren.png` });
    await generate({
      ...fastOptions,
      prompt: "A wren",
      path: Uri.joinPath(uriInWorkspace(folder), "{ratio}", "{n}", "wren.png"),
    });
    assert.deepEqual(
      [await fileNamesIn(`${folder}/1x1/1`), await fileNamesIn(`${folder}/1x1/2`)],
      [["wren.png"], ["wren.png"]],
    );
  });
});

import assert from "node:assert/strict";
import { commands, Uri } from "vscode";
import { generate, quick, refusal } from "./commands.ts";
import { at, freshFolder, look, namesIn } from "./files.ts";
import { clearReferences, draft, first, made, send, snapshot } from "./panel.ts";
import { enterTimes } from "./quickInput.ts";
import { askAbout } from "./selection.ts";
import { record, set } from "./service.ts";

const pad = (value: number) => String(value).padStart(2, "0");

/** Today as a template writes it. */
function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** The ways to ask for a picture under the file name that is set, each giving the file's URI. */
const ways: Readonly<Record<string, (prompt: string) => Promise<string | undefined>>> = {
  "a command with an argument": async (prompt) => (await generate({ ...quick, prompt })).files[0],
  "the flow": async (prompt) => {
    const { done } = await askAbout(prompt);
    await enterTimes(4);
    const result = await done;
    return typeof result === "object" && result !== null && "files" in result && Array.isArray(result.files)
      ? String(result.files[0])
      : undefined;
  },
  "the panel": async (prompt) => {
    await send({ type: "ready" });
    const { path, format } = (await snapshot()).draft.defaults;
    const job = await made(prompt, { path, format });
    await send({ type: "keep", ...first(job).ref });
    const kept = (await snapshot()).jobs.find(({ id }) => id === job.id)?.pictures[0]?.kept[0];
    return kept === undefined ? undefined : at(kept).toString();
  },
};

describe("the file name that is set, in", () => {
  before(clearReferences);
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await send({ type: "dismissTrouble" });
  });

  for (const [way, make] of Object.entries(ways)) {
    it(`${way}, may have folders with placeholders`, async () => {
      const folder = freshFolder();
      await set("folder", `${folder}/{width}`);
      await set("fileName", "{date}/{slug}");
      const file = (await make(`A kite of ${way}`)) ?? "";
      const name = `a-kite-of-${way.replaceAll(" ", "-")}.jpg`;
      assert.ok(file.endsWith(`/${today()}/${name}`), file);
      const [, width] = /^\S+: jpg (\d+)x\d+$/.exec(await look(file)) ?? [];
      // The flow begins in the folder that was used last.
      if (way !== "the flow") {
        assert.equal(file, at(`${folder}/${width}/${today()}/${name}`).toString());
      }
    });

    it(`${way}, decides the format by its extension`, async () => {
      await set("folder", freshFolder());
      await set("fileName", "{slug}.png");
      const file = (await make(`A heron of ${way}`)) ?? "";
      assert.match(await look(file), new RegExp(`^a-heron-of-${way.replaceAll(" ", "-")}\\.png: png \\d+x\\d+$`));
    });
  }

  it("an argument or a draft cannot have another extension than the format that is asked for", async () => {
    await set("fileName", "{slug}.png");
    const sent = record();
    const sentence =
      /^The file name ends in \.png, but the format is JPG\. Change one of them\. It comes from .*“limn\.fileName”/;
    assert.match(await refusal(generate({ ...quick, prompt: "A heron", format: "jpg" })), sentence);
    await send({ type: "ready" });
    const { path } = (await snapshot()).draft.defaults;
    await send({ type: "previewPath", draft: draft("A heron", { path, format: "JPG" }) });
    assert.match((await snapshot()).draft.target?.error ?? "", sentence);
    await send({ type: "generate", draft: draft("A heron", { path, format: "JPG" }) });
    assert.match((await snapshot()).trouble?.message ?? "", sentence);
    assert.deepEqual(sent.tasks(), []);
  });

  it("settings that cannot be used are named, and nothing is sent", async () => {
    const sent = record();
    for (const [fileName, said] of [
      ["{dat}/{slug}", /^\{dat\} stands for nothing.*“limn\.fileName”/],
      ["../{slug}", /“\.\.”.*“limn\.fileName”/],
      ["{slug}.gif", /\.gif.*“limn\.fileName”/],
      ["", /^The file name is empty.*“limn\.fileName”/],
    ] as const) {
      await set("fileName", fileName);
      assert.match(await refusal(generate({ ...quick, prompt: "A heron" })), said);
      await send({ type: "generate", draft: draft("A heron") });
      assert.match((await snapshot()).trouble?.message ?? "", said);
    }
    assert.deepEqual(sent.tasks(), []);
  });

  it("a path or URI that is given may have folders with placeholders too", async () => {
    const folder = freshFolder();
    await generate({ ...quick, prompt: "A wren", path: `${folder}/{ratio}/{n}/wren.png` });
    await generate({ ...quick, prompt: "A wren", path: Uri.joinPath(at(folder), "{ratio}", "{n}", "wren.png") });
    assert.deepEqual(
      [await namesIn(`${folder}/1x1/1`), await namesIn(`${folder}/1x1/2`)],
      [["wren.png"], ["wren.png"]],
    );
  });
});

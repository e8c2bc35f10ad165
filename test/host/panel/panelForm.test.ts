import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, Uri } from "vscode";
import { family } from "../../../src/core/models/family.ts";
import { nearestSize } from "../../../src/core/models/size.ts";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import {
  bytesOf,
  fileNamesIn,
  freshFolder,
  jobFilesOf,
  readLogs,
  storageFolder,
  uriInWorkspace,
} from "../support/files.ts";
import {
  clearReferences,
  draftOf,
  freshPrompt,
  generateAndWait,
  panel,
  send,
  snapshot,
  waitForEnd,
} from "../support/panel.ts";
import { enter, pressEscape, waitForInput } from "../support/quickInput.ts";
import { recordRequests, setSetting, useKey } from "../support/testService.ts";

const referenceLabels = async () => (await snapshot()).draft.references.map(({ label }) => label);
const lastError = async () => (await snapshot()).lastError;

/** Returns the URI list that the Explorer puts into a drop of these files of the workspace. */
const uriListOf = (...paths: readonly string[]): string =>
  paths.map((path) => uriInWorkspace(path).toString()).join("\r\n");

describe("the panel", () => {
  it("ignores and logs invalid intents", async () => {
    const before = JSON.stringify(await snapshot());
    const sent = recordRequests();
    const wrong: readonly unknown[] = [
      undefined,
      null,
      "ready",
      { type: "nonsense-of-a-page" },
      { type: { toString: 1, valueOf: 1 } },
      { type: "ready\nforged line of the log" },
      { type: "generate" },
      { type: "generate", draft: { prompt: "A press without an id" } },
      { type: "open", job: "../../etc/passwd", picture: "a" },
      { type: "open", job: "a", picture: "b", path: "/etc/passwd" },
      { type: "command", command: "workbench.action.quit" },
      { type: "dropImage", name: "a.png", bytes: "a.png" },
      { type: "star", job: "a", picture: "b", starred: "yes" },
    ];
    for (const message of wrong) {
      await (await panel()).handleMessage(message);
    }
    assert.deepEqual([JSON.stringify(await snapshot()), sent.requests().length], [before, 0]);
    await waitUntil("the log mentions it", async () =>
      (await readLogs()).includes('dropped because it is not a valid intent: "nonsense-of-a-page"'),
    );
  });

  it("shows whether requests can be sent, and whether Runware or the sandbox answers", async () => {
    await send({ type: "ready" });
    assert.deepEqual([(await snapshot()).engine.kind, (await snapshot()).engine.isReady], ["runware", true]);
    useKey(undefined);
    await send({ type: "ready" });
    assert.equal((await snapshot()).engine.isReady, false);
    await setSetting("engine", "sandbox");
    await send({ type: "ready" });
    assert.deepEqual([(await snapshot()).engine.kind, (await snapshot()).engine.isReady], ["sandbox", true]);
    assert.equal((await snapshot()).engine.hasKey, false);
    useKey(process.env.LIMN_TEST_SANDBOX_KEY);
    await send({ type: "ready" });
    assert.equal((await snapshot()).engine.hasKey, true);
    await send({ type: "command", command: "useRunware" });
    assert.deepEqual([(await snapshot()).engine.kind, (await snapshot()).engine.isReady], ["runware", true]);
    await setSetting("engine", undefined);
  });

  it("makes pictures where the button says, and asks nothing: in the sandbox, even if there is a key now", async () => {
    const sent = recordRequests();
    const prompt = freshPrompt();
    await send({ type: "generate", engine: "sandbox", draft: draftOf(prompt) });
    const job = await waitForEnd(prompt);
    assert.deepEqual([job.isSandbox, job.pictures.length, sent.requests().length], [true, 1, 0]);
    assert.deepEqual([(await snapshot()).engine.kind, (await snapshot()).engine.isReady], ["sandbox", true]);
    await setSetting("engine", undefined);
  });

  it("buys nothing by the keys if the form has shown that there is no key, and there is one now", async () => {
    const sent = recordRequests();
    await send({ type: "generate", engine: "ask", draft: draftOf(freshPrompt()) });
    assert.match(
      (await lastError())?.message ?? "",
      /^There is an API key now, so pictures cost money\. Nothing was sent/,
    );
    assert.deepEqual([sent.requests().length, (await snapshot()).engine.isReady], [0, true]);
    await send({ type: "dismissError" });
  });

  it("uses the settings as defaults of the draft", async () => {
    await setSetting("quality", 80);
    await setSetting("format", "webp");
    assert.deepEqual((await snapshot()).draft.defaults, {
      count: 1,
      format: "WEBP",
      quality: 80,
      path: "images/{slug}",
    });
  });

  it("previews the path of the first picture, or the reason why it cannot be saved", async () => {
    const target = async (path: string) => {
      await send({ type: "previewPath", draft: draftOf("A red fox!", { path }) });
      return (await snapshot()).draft.savePathPreview;
    };
    assert.deepEqual(await target("images/{slug}"), { path: "images/{slug}", savePath: "images/a-red-fox.png" });
    assert.deepEqual(await target("images/hut.png"), { path: "images/hut.png", savePath: "images/hut-2.png" });
    assert.match((await target("../out"))?.error ?? "", /^The path leads out of the workspace folder\./);
    assert.match((await target("images/hut.png/a"))?.error ?? "", /is a file, not a folder/);
  });

  it("previews the path for an unknown model too, which the form reports elsewhere", async () => {
    const path = "images/{slug}";
    const preview = { path, savePath: "images/a-red-fox.png" };
    await send({ type: "previewPath", draft: draftOf("A red fox!", { path, model: "acme:swan@1" }) });
    assert.deepEqual((await snapshot()).draft.savePathPreview, preview);
    await setSetting("model", "acme:swan@1");
    await send({ type: "previewPath", draft: draftOf("A red fox?", { path }) });
    const { unknownModel, draft } = await snapshot();
    assert.deepEqual([unknownModel, draft.savePathPreview], ["acme:swan@1", preview]);
  });
});

describe("Generate in the panel", () => {
  it("shows the pictures in the sheet and saves none", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    const job = await generateAndWait(prompt, { count: 2, path: `${folder}/fox` });
    assert.deepEqual(
      job.pictures.map(({ width, height, format, cost, kept, isStarred: starred }) => [
        width,
        height,
        format,
        cost,
        kept,
        starred,
      ]),
      Array.from({ length: 2 }, () => [1024, 1024, "PNG", 0.028, [], false]),
    );
    assert.deepEqual([job.state, job.cost, job.shape, job.hasReferenceFile], ["done", 0.056, "1024 × 1024", false]);
    assert.deepEqual(await fileNamesIn(folder), []);
  });

  it("settles the job when it is done", async () => {
    const prompt = freshPrompt();
    await generateAndWait(prompt);
    assert.deepEqual(
      (await jobFilesOf(prompt)).map(({ settled }) => settled),
      [true],
    );
  });

  it("sends every chosen field", async () => {
    const [sent, prompt] = [recordRequests(), freshPrompt("مرحبا 🦊 <img src=x onerror=alert(1)>")];
    await generateAndWait(prompt, { format: "JPG", quality: 71, safety: "fast", path: "images/all.jpg" });
    const [task] = sent.tasks();
    assert.equal(task?.positivePrompt, prompt);
    assert.deepEqual([task?.outputFormat, task?.outputQuality], ["JPG", 71]);
    assert.deepEqual(task?.safety, { checkContent: true, mode: "fast" });
  });

  it("sends the delivery of the settings: method, output type and lifetime of links", async () => {
    const sent = recordRequests();
    await setSetting("ttl", 90);
    await setSetting("deliveryMethod", "sync");
    await generateAndWait(freshPrompt());
    await setSetting("outputType", "dataURI");
    await generateAndWait(freshPrompt());
    assert.deepEqual(
      sent.tasks().map(({ deliveryMethod, outputType, ttl }) => [deliveryMethod, outputType, ttl]),
      [
        ["sync", "URL", 90],
        ["sync", "dataURI", undefined],
      ],
    );
  });

  it("uses the safety check of the settings, or the chosen one", async () => {
    const sent = recordRequests();
    await setSetting("safety", "fast");
    await generateAndWait(freshPrompt());
    await generateAndWait(freshPrompt(), { safety: "off" });
    await setSetting("safety", "off");
    await generateAndWait(freshPrompt());
    const check = { checkContent: true, mode: "fast" };
    assert.deepEqual(
      sent.tasks().map(({ safety }) => safety),
      [check, undefined, undefined],
    );
  });

  it("names the invalid field of the form, and sends nothing", async () => {
    await clearReferences();
    const sent = recordRequests();
    const wrong = [
      [{ prompt: " " }, "prompt", /^The prompt is empty\./],
      [{ count: 21 }, "count", /^The number of pictures must be/],
      [{ quality: 5 }, "quality", /^The quality must be/],
      [{ shape: { width: 10, height: 10 } }, "size", /cannot make 10 × 10 pixels/],
      [{ shape: { resolution: "2k" } }, "resolution", /there is none\. Choose a size/],
      [{ path: "../../a" }, "path", /^The path leads out/],
      [{ path: "images/hut.png/a" }, "path", /is a file, not a folder/],
    ] as const;
    for (const [more, field, message] of wrong) {
      await send({ type: "generate", draft: draftOf("A red fox", more) });
      assert.equal((await lastError())?.field, field);
      assert.match((await lastError())?.message ?? "", message);
    }
    assert.equal(sent.requests().length, 0);
    await send({ type: "dismissError" });
    assert.equal(await lastError(), undefined);
  });

  it("asks where to make the pictures if there is no key; Escape sends nothing and shows no error", async () => {
    useKey(undefined);
    const sent = recordRequests();
    const { done } = await waitForInput("Generate", () => send({ type: "generate", draft: draftOf("A red fox") }));
    await pressEscape();
    await done;
    assert.deepEqual([await lastError(), sent.requests().length], [undefined, 0]);
  });

  it("makes them in the sandbox if the user chooses it there", async () => {
    useKey(undefined);
    const [sent, prompt] = [recordRequests(), freshPrompt()];
    const { done } = await waitForInput("Generate", () => send({ type: "generate", draft: draftOf(prompt) }));
    await enter();
    await done;
    const job = await waitForEnd(prompt);
    assert.deepEqual([job.state, job.isSandbox, (await snapshot()).engine.kind], ["done", true, "sandbox"]);
    assert.equal(sent.requests().length, 0);
    await setSetting("engine", undefined);
    // The focus is in the panel again, and a visible panel asks for the balance.
    await commands.executeCommand("workbench.view.explorer");
  });

  it("shows a refusal once, with its job", async () => {
    const prompt = freshPrompt("A fox [sandbox:refuse=invalidPositivePrompt]");
    await generateAndWait(prompt);
    const job = await waitForEnd(prompt);
    assert.deepEqual([job.state, job.failures.length, await lastError()], ["failed", 1, undefined]);
    assert.match(job.failures[0]?.message ?? "", /^Runware refused the request/);
  });
});

describe("the references of the draft", () => {
  beforeEach(clearReferences);
  after(clearReferences);

  it("come from a drop of the Explorer and are sent in its order", async () => {
    await send({
      type: "dropUris",
      list: `# from the explorer\r\n${uriListOf("images/ridge.jpg", "images/hut.png")}\r\n`,
    });
    assert.deepEqual(await referenceLabels(), ["images/ridge.jpg", "images/hut.png"]);
    const { references, referenceNote } = (await snapshot()).draft;
    assert.deepEqual(
      references.map(({ file }) => [file?.width, file?.height]),
      [
        [1600, 1067],
        [1000, 760],
      ],
    );
    assert.match(referenceNote, /^Sends 2 reference images: [\d.]+ MB, without metadata\./);
    const { width, height } = nearestSize(family[0], references[0]?.file ?? { width: 1, height: 1 });
    assert.deepEqual({ width, height }, { width: 1248, height: 832 });
    for (const { file } of references) {
      const bytes = await readFile(Uri.parse(file?.thumbnail ?? "").fsPath);
      assert.equal(bytes.subarray(8, 12).toString(), "WEBP");
    }
    const [sent, prompt] = [recordRequests(), freshPrompt("At night")];
    const job = await generateAndWait(prompt, { shape: { resolution: "1k" } });
    assert.equal(sent.tasks()[0]?.inputs?.referenceImages?.length, 2);
    assert.deepEqual(
      [job.references, job.hasReferenceFile, job.shape],
      [["images/ridge.jpg", "images/hut.png"], true, "1K like the reference"],
    );
  });

  it("can be moved, removed, and added by the command of the context menus", async () => {
    await send({ type: "dropUris", list: uriListOf("images/ridge.jpg", "images/hut.png") });
    await commands.executeCommand("limn.addReferences", uriInWorkspace("images/lake.webp"), [
      uriInWorkspace("images/lake.webp"),
    ]);
    assert.deepEqual(await referenceLabels(), ["images/ridge.jpg", "images/hut.png", "images/lake.webp"]);
    const [, , lake] = (await snapshot()).draft.references;
    await send({ type: "moveReference", id: lake?.id ?? "", to: 0 });
    assert.deepEqual(await referenceLabels(), ["images/lake.webp", "images/ridge.jpg", "images/hut.png"]);
    await send({ type: "removeReference", id: lake?.id ?? "" });
    assert.deepEqual(await referenceLabels(), ["images/ridge.jpg", "images/hut.png"]);
  });

  it("contain each picture once, with a note about duplicates", async () => {
    await send({ type: "dropUris", list: uriListOf("images/hut.png") });
    await send({ type: "dropUris", list: uriListOf("images/hut.png") });
    assert.deepEqual(await referenceLabels(), ["images/hut.png"]);
    assert.match((await snapshot()).draft.referenceNote, /is the same picture as another/);
    // A reopened page reads the references again and keeps the note.
    await send({ type: "ready" });
    assert.match((await snapshot()).draft.referenceNote, /is the same picture as another/);
  });

  it("refuse files that are not images or outside the workspace, even through a symlink", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(join(outside, "secret.png"), greyPng(300, 300, 7));
    await symlink(join(outside, "secret.png"), uriInWorkspace(`${folder}/link.png`).fsPath);
    await symlink(outside, uriInWorkspace(`${folder}/out`).fsPath);
    const refused = [
      [Uri.file(join(outside, "secret.png")).toString(), /^Only files in an open folder/],
      [uriListOf(`${folder}/link.png`), /^Only files in an open folder/],
      [uriListOf(`${folder}/out/secret.png`), /^Only files in an open folder/],
      [`${uriInWorkspace("").toString()}/../../etc/passwd.png`, /^Only files in an open folder|could not be read/],
      ["https://example.com/a.png", /^Only files in an open folder/],
      ["no uri at all", /^Only files in an open folder/],
      [uriListOf("images/logo.svg"), /cannot be a reference image/],
      [uriListOf("index.html"), /cannot be a reference image/],
      [uriListOf("images/none.png"), /could not be read/],
      [Array.from({ length: 21 }, () => uriListOf("images/hut.png")).join("\n"), /at most 20/],
    ] as const;
    for (const [list, message] of refused) {
      await send({ type: "dropUris", list });
      assert.match((await lastError())?.message ?? "", message, list);
      assert.equal((await lastError())?.field, "references");
    }
    assert.deepEqual(await referenceLabels(), []);
    await rm(outside, { recursive: true });
  });

  it("copy each picture from outside once into Limn's own folder, under the hash of its bytes", async () => {
    const bytes = new Uint8Array(await bytesOf(uriInWorkspace("images/hut.png")));
    await send({ type: "dropImage", name: "../../holiday\u202e.png", bytes });
    await send({ type: "dropImage", name: "again.png", bytes });
    assert.deepEqual(await referenceLabels(), [".. .. holiday .png"]);
    const names = await readdir(join(storageFolder, "references"));
    assert.ok(names.length > 0 && names.every((name) => /^[0-9a-f]{64}\.(png|jpg|webp)$/.test(name)), names.join());
    const sent = recordRequests();
    await generateAndWait(freshPrompt("At night"), { shape: { resolution: "1k" } });
    assert.equal(sent.tasks()[0]?.inputs?.referenceImages?.length, 1);
  });

  it("keep the order of pictures from outside, even if a larger one takes longer to store", async () => {
    const sides = [1400, 300, 700];
    const images = sides.map((side, index) => greyPng(side, side, 90 + index));
    await Promise.all(
      images.map((image, index) => send({ type: "dropImage", name: `${index}.png`, bytes: new Uint8Array(image) })),
    );
    assert.deepEqual(await referenceLabels(), ["0.png", "1.png", "2.png"]);
  });

  it("refuse bytes that are not a complete picture", async () => {
    const whole = await bytesOf(uriInWorkspace("images/hut.png"));
    for (const bytes of [new Uint8Array([1, 2, 3]), new Uint8Array(whole.subarray(0, whole.length / 2))]) {
      await send({ type: "dropImage", name: "broken.png", bytes });
      assert.match((await lastError())?.message ?? "", /^broken\.png cannot be a reference image/);
    }
    assert.deepEqual(await referenceLabels(), []);
  });

  it("are read again before the purchase, which a missing file stops", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/grey.png`).fsPath, greyPng(300, 300, 50));
    await send({ type: "dropUris", list: uriListOf(`${folder}/grey.png`) });
    await rm(uriInWorkspace(`${folder}/grey.png`).fsPath);
    const sent = recordRequests();
    await send({ type: "generate", draft: draftOf("At night") });
    assert.match((await lastError())?.message ?? "", /grey\.png could not be read/);
    assert.equal(sent.requests().length, 0);
  });
});

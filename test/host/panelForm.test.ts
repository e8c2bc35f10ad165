import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, Uri } from "vscode";
import { until } from "./commands.ts";
import { at, bytesOf, freshFolder, jobsOf, logs, namesIn, storage } from "./files.ts";
import { clearReferences, draft, ended, freshPrompt, made, panel, send, snapshot } from "./panel.ts";
import { greyPng } from "./png.ts";
import { record, set, useKey } from "./service.ts";

const labels = async () => (await snapshot()).draft.references.map(({ label }) => label);
const trouble = async () => (await snapshot()).trouble;

/** The URI list the explorer puts into a drop of these files of the workspace. */
const listOf = (...paths: readonly string[]): string => paths.map((path) => at(path).toString()).join("\r\n");

describe("the panel", () => {
  it("drops and logs what is no intent, and does nothing about it", async () => {
    const before = JSON.stringify(await snapshot());
    const sent = record();
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
      await (await panel()).receive(message);
    }
    assert.deepEqual([JSON.stringify(await snapshot()), sent.requests().length], [before, 0]);
    await until("it is logged", async () =>
      (await logs()).includes('dropped, since it is no intent: "nonsense-of-a-page"'),
    );
  });

  it("says whether requests can be sent, and by whom they are answered", async () => {
    await send({ type: "ready" });
    assert.deepEqual([(await snapshot()).engine.kind, (await snapshot()).engine.ready], ["runware", true]);
    useKey(undefined);
    await send({ type: "ready" });
    assert.equal((await snapshot()).engine.ready, false);
    await send({ type: "command", command: "trySandbox" });
    assert.deepEqual([(await snapshot()).engine.kind, (await snapshot()).engine.ready], ["sandbox", true]);
    assert.equal((await snapshot()).engine.hasKey, false);
    useKey(process.env.LIMN_TEST_SANDBOX_KEY);
    await send({ type: "ready" });
    assert.equal((await snapshot()).engine.hasKey, true);
    await send({ type: "command", command: "useRunware" });
    assert.deepEqual([(await snapshot()).engine.kind, (await snapshot()).engine.ready], ["runware", true]);
    await set("engine", undefined);
  });

  it("begins a draft with what the settings say", async () => {
    await set("quality", 80);
    await set("format", "webp");
    assert.deepEqual((await snapshot()).draft.defaults, { format: "WEBP", quality: 80, path: "images/{slug}" });
  });

  it("foresees where the first picture will be saved, and what stands in its way", async () => {
    const target = async (path: string) => {
      await send({ type: "previewPath", draft: draft("A red fox!", { path }) });
      return (await snapshot()).draft.target;
    };
    assert.deepEqual(await target("images/{slug}"), { asked: "images/{slug}", shown: "images/a-red-fox.png" });
    assert.deepEqual(await target("images/hut.png"), { asked: "images/hut.png", shown: "images/hut-2.png" });
    assert.match((await target("../out"))?.error ?? "", /^The path leads out of the workspace folder\./);
    assert.match((await target("images/hut.png/a"))?.error ?? "", /is a file, not a folder/);
  });
});

describe("Generate in the panel", () => {
  it("brings the pictures into the sheet, and saves none by itself", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    const job = await made(prompt, { count: 2, path: `${folder}/fox` });
    assert.deepEqual(
      job.pictures.map(({ width, height, format, cost, kept, starred }) => [
        width,
        height,
        format,
        cost,
        kept,
        starred,
      ]),
      Array.from({ length: 2 }, () => [1024, 1024, "PNG", 0.028, [], false]),
    );
    assert.deepEqual([job.state, job.cost, job.shape, job.edited], ["done", 0.056, "1024 × 1024", false]);
    assert.deepEqual(await namesIn(folder), []);
  });

  it("leaves nothing that would count as unfinished", async () => {
    const prompt = freshPrompt();
    await made(prompt);
    assert.deepEqual(
      (await jobsOf(prompt)).map(({ settled }) => settled),
      [true],
    );
  });

  it("sends every field as it was chosen", async () => {
    const [sent, prompt] = [record(), freshPrompt("مرحبا 🦊 <img src=x onerror=alert(1)>")];
    await made(prompt, { format: "JPG", quality: 71, safety: "fast", ttl: 120, path: "images/all.jpg" });
    const [task] = sent.tasks();
    assert.equal(task?.positivePrompt, prompt);
    assert.deepEqual([task?.outputFormat, task?.outputQuality, task?.ttl, task?.outputType], ["JPG", 71, 120, "URL"]);
    assert.deepEqual(task?.safety, { checkContent: true, mode: "fast" });
  });

  it("checks for unsafe content as set, or as it was chosen", async () => {
    const sent = record();
    await set("safety", "fast");
    await made(freshPrompt());
    await made(freshPrompt(), { safety: "off" });
    await set("safety", "off");
    await made(freshPrompt());
    const check = { checkContent: true, mode: "fast" };
    assert.deepEqual(
      sent.tasks().map(({ safety }) => safety),
      [check, undefined, undefined],
    );
  });

  it("says what is wrong in the form, with the field, and sends nothing", async () => {
    await clearReferences();
    const sent = record();
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
      await send({ type: "generate", draft: draft("A red fox", more) });
      assert.equal((await trouble())?.field, field);
      assert.match((await trouble())?.message ?? "", message);
    }
    assert.equal(sent.requests().length, 0);
    await send({ type: "dismissTrouble" });
    assert.equal(await trouble(), undefined);
  });

  it("says so where there is no key", async () => {
    useKey(undefined);
    await send({ type: "generate", draft: draft("A red fox") });
    assert.match((await trouble())?.message ?? "", /^There is no API key yet\./);
    await send({ type: "dismissTrouble" });
  });

  it("shows a refusal with the job, and not twice", async () => {
    const prompt = freshPrompt("A fox [sandbox:refuse=invalidPositivePrompt]");
    await made(prompt);
    const job = await ended(prompt);
    assert.deepEqual([job.state, job.failures.length, await trouble()], ["failed", 1, undefined]);
    assert.match(job.failures[0]?.message ?? "", /^Runware refused the request/);
  });
});

describe("the references of the draft", () => {
  beforeEach(clearReferences);
  after(clearReferences);

  it("come from a drop of the explorer, in order, and are sent so", async () => {
    await send({
      type: "dropUris",
      list: `# from the explorer\r\n${listOf("images/ridge.jpg", "images/hut.png")}\r\n`,
    });
    assert.deepEqual(await labels(), ["images/ridge.jpg", "images/hut.png"]);
    const { references, referenceNote, nearest } = (await snapshot()).draft;
    assert.deepEqual(
      references.map(({ file }) => [file?.width, file?.height]),
      [
        [1600, 1067],
        [1000, 760],
      ],
    );
    assert.match(referenceNote, /^Sends 2 reference images: [\d.]+ MB, without metadata\./);
    assert.deepEqual(nearest, { width: 1248, height: 832 });
    for (const { file } of references) {
      const bytes = await readFile(Uri.parse(file?.thumbnail ?? "").fsPath);
      assert.equal(bytes.subarray(8, 12).toString(), "WEBP");
    }
    const [sent, prompt] = [record(), freshPrompt("At night")];
    const job = await made(prompt, { shape: { resolution: "1k" } });
    assert.equal(sent.tasks()[0]?.inputs?.referenceImages?.length, 2);
    assert.deepEqual(
      [job.references, job.edited, job.shape],
      [["images/ridge.jpg", "images/hut.png"], true, "1K like the reference"],
    );
  });

  it("can be moved, removed and added by the command of the context menus", async () => {
    await send({ type: "dropUris", list: listOf("images/ridge.jpg", "images/hut.png") });
    await commands.executeCommand("limn.addReferences", at("images/lake.webp"), [at("images/lake.webp")]);
    assert.deepEqual(await labels(), ["images/ridge.jpg", "images/hut.png", "images/lake.webp"]);
    const [, , lake] = (await snapshot()).draft.references;
    await send({ type: "moveReference", id: lake?.id ?? "", to: 0 });
    assert.deepEqual(await labels(), ["images/lake.webp", "images/ridge.jpg", "images/hut.png"]);
    await send({ type: "removeReference", id: lake?.id ?? "" });
    assert.deepEqual(await labels(), ["images/ridge.jpg", "images/hut.png"]);
  });

  it("hold each picture once, and say so", async () => {
    await send({ type: "dropUris", list: listOf("images/hut.png") });
    await send({ type: "dropUris", list: listOf("images/hut.png") });
    assert.deepEqual(await labels(), ["images/hut.png"]);
    assert.match((await snapshot()).draft.referenceNote, /is the same picture as another/);
    // A page that opens anew reads the references again, and what was said of them stands.
    await send({ type: "ready" });
    assert.match((await snapshot()).draft.referenceNote, /is the same picture as another/);
  });

  it("refuse what is no image, and what lies outside the workspace, even behind a link", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    const folder = freshFolder();
    await mkdir(at(folder).fsPath, { recursive: true });
    await writeFile(join(outside, "secret.png"), greyPng(300, 300, 7));
    await symlink(join(outside, "secret.png"), at(`${folder}/link.png`).fsPath);
    await symlink(outside, at(`${folder}/out`).fsPath);
    const refused = [
      [Uri.file(join(outside, "secret.png")).toString(), /^Only files of the folder that is open/],
      [listOf(`${folder}/link.png`), /^Only files of the folder that is open/],
      [listOf(`${folder}/out/secret.png`), /^Only files of the folder that is open/],
      [`${at("").toString()}/../../etc/passwd.png`, /^Only files of the folder|could not be read/],
      ["https://example.com/a.png", /^Only files of the folder that is open/],
      ["no uri at all", /^Only files of the folder that is open/],
      [listOf("images/logo.svg"), /cannot be a reference image/],
      [listOf("index.html"), /cannot be a reference image/],
      [listOf("images/none.png"), /could not be read/],
      [Array.from({ length: 21 }, () => listOf("images/hut.png")).join("\n"), /at most 20/],
    ] as const;
    for (const [list, message] of refused) {
      await send({ type: "dropUris", list });
      assert.match((await trouble())?.message ?? "", message, list);
      assert.equal((await trouble())?.field, "references");
    }
    assert.deepEqual(await labels(), []);
    await rm(outside, { recursive: true });
  });

  it("take pictures from outside into Limn's own folder, each once, under a name that says nothing of where it came from", async () => {
    const bytes = new Uint8Array(await bytesOf(at("images/hut.png")));
    await send({ type: "dropImage", name: "../../holiday\u202e.png", bytes });
    await send({ type: "dropImage", name: "again.png", bytes });
    assert.deepEqual(await labels(), [".. .. holiday .png"]);
    const names = await readdir(join(storage, "references"));
    assert.ok(names.length > 0 && names.every((name) => /^[0-9a-f]{64}\.(png|jpg|webp)$/.test(name)), names.join());
    const sent = record();
    await made(freshPrompt("At night"), { shape: { resolution: "1k" } });
    assert.equal(sent.tasks()[0]?.inputs?.referenceImages?.length, 1);
  });

  it("keep the order of pictures from outside, though a larger one takes longer to store", async () => {
    const sides = [1400, 300, 700];
    const images = sides.map((side, index) => greyPng(side, side, 90 + index));
    await Promise.all(
      images.map((image, index) => send({ type: "dropImage", name: `${index}.png`, bytes: new Uint8Array(image) })),
    );
    assert.deepEqual(await labels(), ["0.png", "1.png", "2.png"]);
  });

  it("refuse bytes that are no picture, or half of one", async () => {
    const whole = await bytesOf(at("images/hut.png"));
    for (const bytes of [new Uint8Array([1, 2, 3]), new Uint8Array(whole.subarray(0, whole.length / 2))]) {
      await send({ type: "dropImage", name: "broken.png", bytes });
      assert.match((await trouble())?.message ?? "", /^broken\.png cannot be a reference image/);
    }
    assert.deepEqual(await labels(), []);
  });

  it("are read anew when they are sent: one that is gone stops the purchase", async () => {
    const folder = freshFolder();
    await mkdir(at(folder).fsPath, { recursive: true });
    await writeFile(at(`${folder}/grey.png`).fsPath, greyPng(300, 300, 50));
    await send({ type: "dropUris", list: listOf(`${folder}/grey.png`) });
    await rm(at(`${folder}/grey.png`).fsPath);
    const sent = record();
    await send({ type: "generate", draft: draft("At night") });
    assert.match((await trouble())?.message ?? "", /grey\.png could not be read/);
    assert.equal(sent.requests().length, 0);
  });
});

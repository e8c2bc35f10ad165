import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { escapeInvisible } from "../../../src/core/text/invisibleCharacters.ts";
import { greyPng } from "../../support/greyPng.ts";
import { edit, fastOptions, rejectionMessage } from "../support/commands.ts";
import { freshFolder, storageFolder, uriInWorkspace } from "../support/files.ts";
import { clearReferences, send, snapshot } from "../support/panel.ts";
import { recordRequests } from "../support/testService.ts";

const sharedPromptsPath = uriInWorkspace(".limn/prompts.json").fsPath;
const ownPromptsPath = join(storageFolder, "prompts.json");
const promptsJson = (...names: readonly string[]) =>
  JSON.stringify({ prompts: names.map((name) => ({ name, text: `The text of ${name}` })) });
const savedPromptNames = async () => (await snapshot()).saved.map(({ name }) => name);

/** Creates a named pipe. */
const makePipe = (path: string) => execFileSync("mkfifo", [path]);

describe("the shared prompts of a repository", () => {
  let outside: string;
  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    await mkdir(dirname(sharedPromptsPath), { recursive: true });
    await rm(sharedPromptsPath, { force: true });
    await writeFile(ownPromptsPath, promptsJson("Mine"));
  });
  afterEach(async () => {
    await rm(dirname(sharedPromptsPath), { recursive: true, force: true });
    await rm(ownPromptsPath, { force: true });
    await rm(outside, { recursive: true });
    await send({ type: "ready" });
  });

  const deep = `{"prompts":[],"more":${"[".repeat(400_000)}${"]".repeat(400_000)}}`;
  const unreadable: readonly (readonly [what: string, put: () => Promise<unknown>])[] = [
    ["an endless device", () => symlink("/dev/zero", sharedPromptsPath)],
    ["a pipe without a writer", async () => makePipe(sharedPromptsPath)],
    ["a folder", () => mkdir(sharedPromptsPath)],
    ["larger than memory", async () => writeFile(sharedPromptsPath, "").then(() => truncate(sharedPromptsPath, 1e12))],
    ["too deeply nested", () => writeFile(sharedPromptsPath, deep)],
    ["of wrong types", () => writeFile(sharedPromptsPath, '{"prompts":[{"name":7,"text":[]}]}')],
    ["not a list of prompts", () => writeFile(sharedPromptsPath, "[[]]")],
    [
      "a link to such a file outside",
      () =>
        writeFile(join(outside, "a.json"), promptsJson("Secret")).then(() =>
          symlink(join(outside, "a.json"), sharedPromptsPath),
        ),
    ],
  ];
  for (const [what, put] of unreadable) {
    it(`are left out if the file is ${what}, and the user's own are loaded`, async () => {
      await put();
      await send({ type: "ready" });
      assert.deepEqual(await savedPromptNames(), ["Mine"]);
    });
  }

  it("are not read through a folder that leads out of the repository", async () => {
    await rm(dirname(sharedPromptsPath), { recursive: true });
    await writeFile(join(outside, "prompts.json"), promptsJson("Secret"));
    await symlink(outside, dirname(sharedPromptsPath));
    await send({ type: "ready" });
    assert.deepEqual(await savedPromptNames(), ["Mine"]);
    const { prompts } = JSON.parse(await readFile(join(outside, "prompts.json"), "utf8"));
    assert.deepEqual(
      prompts.map(({ name }: { name: string }) => name),
      ["Secret"],
    );
  });

  it("only change the list, whatever their keys and names are", async () => {
    const names = [
      "__proto__",
      "constructor",
      "<img src=x onerror=alert(1)>",
      "[Save](command:workbench.action.quit)",
      "$(check) Safe\u202egnp",
    ];
    const text = promptsJson(...names).replace(
      "{",
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
    );
    await writeFile(sharedPromptsPath, text);
    await send({ type: "ready" });
    assert.deepEqual(await savedPromptNames(), ["Mine", ...names]);
    assert.equal(Reflect.get({}, "polluted"), undefined);
    for (const { id, name } of (await snapshot()).saved.slice(1)) {
      await send({ type: "usePrompt", id });
      assert.equal((await snapshot()).draftUpdate?.draft.prompt, `The text of ${name}`);
    }
  });

  it("fill the form and send nothing", async () => {
    await writeFile(sharedPromptsPath, promptsJson("Innocent"));
    await send({ type: "ready" });
    const [sent, innocent] = [recordRequests(), (await snapshot()).saved.at(-1)];
    await send({ type: "usePrompt", id: innocent?.id ?? "" });
    assert.deepEqual(sent.requests("imageInference"), []);
  });
});

describe("an image file of a repository", () => {
  beforeEach(clearReferences);
  after(clearReferences);
  /** Folders to delete after each test, so that no other test reads a file of a terabyte. */
  const createdFolders: string[] = [];
  afterEach(() => Promise.all(createdFolders.splice(0).map((folder) => rm(folder, { recursive: true }))));

  async function put(name: string, write: (path: string) => unknown): Promise<string> {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    createdFolders.push(uriInWorkspace(folder).fsPath);
    await write(join(uriInWorkspace(folder).fsPath, name));
    return `${folder}/${name}`;
  }
  const references = async () => (await snapshot()).draft.references;
  const refused: readonly (readonly [what: string, write: (path: string) => unknown, message: RegExp])[] = [
    [
      "an SVG with a script in it",
      (path) => writeFile(path, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      /not a PNG, JPEG or WebP picture/,
    ],
    [
      "an HTML page",
      (path) => writeFile(path, "<!DOCTYPE html><script>alert(1)</script>"),
      /not a PNG, JPEG or WebP picture/,
    ],
    ["a pipe without a writer", makePipe, /could not be read/],
    ["a folder", (path) => mkdir(path), /could not be read/],
    ["larger than memory", (path) => writeFile(path, "").then(() => truncate(path, 1e12)), /is larger than 100 MB/],
  ];
  for (const [what, write, message] of refused) {
    it(`is refused as a reference if it is ${what}`, async () => {
      const path = await put("picture.png", write);
      const sent = recordRequests();
      assert.match(
        await rejectionMessage(edit({ ...fastOptions, prompt: "Bluer", references: [path], path: freshFolder() })),
        message,
      );
      assert.equal(sent.requests().length, 0);
    });
  }

  const names = [
    "<img src=x onerror=alert(1)>.png",
    "[Fix](command:workbench.action.quit).png",
    "line\nbreak.png",
    "$(trash) \u202egnp.exe.png",
    "صورة 🦊.png",
    `${"long".repeat(60)}.png`,
    "x.constructor",
    "x.__proto__",
  ];
  for (const name of names) {
    it(`is shown under its escaped name if it is called ${JSON.stringify(name.slice(0, 40))}`, async () => {
      const path = await put(name, (to) => writeFile(to, greyPng(300, 300, 99)));
      await send({ type: "dropUris", list: uriInWorkspace(path).toString() });
      const isImage = name.endsWith(".png");
      assert.deepEqual(
        (await references()).map(({ label }) => label),
        isImage ? [escapeInvisible(path)] : [],
      );
      assert.equal((await snapshot()).lastError === undefined, isImage);
      await send({ type: "dismissError" });
    });
  }
});

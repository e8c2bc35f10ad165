import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { showInvisible } from "../../src/core/invisible.ts";
import { edit, quick, refusal } from "./commands.ts";
import { at, freshFolder, storage } from "./files.ts";
import { clearReferences, send, snapshot } from "./panel.ts";
import { greyPng } from "./png.ts";
import { record } from "./service.ts";

const shared = at(".limn/prompts.json").fsPath;
const own = join(storage, "prompts.json");
const library = (...names: readonly string[]) =>
  JSON.stringify({ prompts: names.map((name) => ({ name, text: `The text of ${name}` })) });
const savedNames = async () => (await snapshot()).saved.map(({ name }) => name);

/** Has a file that nobody can write into a repository made by the system: a pipe. */
const makePipe = (path: string) => execFileSync("mkfifo", [path]);

describe("the prompts that a repository shares", () => {
  let outside: string;
  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    await mkdir(dirname(shared), { recursive: true });
    await rm(shared, { force: true });
    await writeFile(own, library("Mine"));
  });
  afterEach(async () => {
    await rm(dirname(shared), { recursive: true, force: true });
    await rm(own, { force: true });
    await rm(outside, { recursive: true });
    await send({ type: "ready" });
  });

  const deep = `{"prompts":[],"more":${"[".repeat(400_000)}${"]".repeat(400_000)}}`;
  const unreadable: readonly (readonly [what: string, put: () => Promise<unknown>])[] = [
    ["a device without end", () => symlink("/dev/zero", shared)],
    ["a pipe that nobody writes to", async () => makePipe(shared)],
    ["a folder", () => mkdir(shared)],
    ["larger than memory", async () => writeFile(shared, "").then(() => truncate(shared, 1e12))],
    ["too deep to be written again", () => writeFile(shared, deep)],
    ["of wrong types", () => writeFile(shared, '{"prompts":[{"name":7,"text":[]}]}')],
    ["no library", () => writeFile(shared, "[[]]")],
    [
      "a link to such a file outside",
      () => writeFile(join(outside, "a.json"), library("Secret")).then(() => symlink(join(outside, "a.json"), shared)),
    ],
  ];
  for (const [what, put] of unreadable) {
    it(`are left out where the file is ${what}, and one's own are there`, async () => {
      await put();
      await send({ type: "ready" });
      assert.deepEqual(await savedNames(), ["Mine"]);
    });
  }

  it("are not saved through a folder that leads out of the repository", async () => {
    await rm(dirname(shared), { recursive: true });
    await writeFile(join(outside, "prompts.json"), library("Secret"));
    await symlink(outside, dirname(shared));
    await send({ type: "ready" });
    assert.deepEqual(await savedNames(), ["Mine"]);
    const { prompts } = JSON.parse(await readFile(join(outside, "prompts.json"), "utf8"));
    assert.deepEqual(
      prompts.map(({ name }: { name: string }) => name),
      ["Secret"],
    );
  });

  it("change nothing but the list, whatever their keys and names are", async () => {
    const names = [
      "__proto__",
      "constructor",
      "<img src=x onerror=alert(1)>",
      "[Save](command:workbench.action.quit)",
      "$(check) Safe\u202egnp",
    ];
    const text = library(...names).replace(
      "{",
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
    );
    await writeFile(shared, text);
    await send({ type: "ready" });
    assert.deepEqual(await savedNames(), ["Mine", ...names]);
    assert.equal(Reflect.get({}, "polluted"), undefined);
    for (const { id, name } of (await snapshot()).saved.slice(1)) {
      await send({ type: "usePrompt", id });
      assert.equal((await snapshot()).fill?.draft.prompt, `The text of ${name}`);
    }
  });

  it("are put into the form as text: nothing is sent before a person sends it", async () => {
    await writeFile(shared, library("Innocent"));
    await send({ type: "ready" });
    const [sent, innocent] = [record(), (await snapshot()).saved.at(-1)];
    await send({ type: "usePrompt", id: innocent?.id ?? "" });
    assert.deepEqual(sent.requests("imageInference"), []);
  });
});

describe("an image file of a repository", () => {
  beforeEach(clearReferences);
  after(clearReferences);
  /** The folders that were made, and are removed: nobody who looks through the workspace should meet a terabyte. */
  const made: string[] = [];
  afterEach(() => Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true }))));

  async function put(name: string, write: (path: string) => unknown): Promise<string> {
    const folder = freshFolder();
    await mkdir(at(folder).fsPath, { recursive: true });
    made.push(at(folder).fsPath);
    await write(join(at(folder).fsPath, name));
    return `${folder}/${name}`;
  }
  const references = async () => (await snapshot()).draft.references;
  const refused: readonly (readonly [what: string, write: (path: string) => unknown, said: RegExp])[] = [
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
    ["a pipe that nobody writes to", makePipe, /could not be read/],
    ["a folder", (path) => mkdir(path), /could not be read/],
    ["larger than memory", (path) => writeFile(path, "").then(() => truncate(path, 1e12)), /is larger than 100 MB/],
  ];
  for (const [what, write, said] of refused) {
    it(`is refused as a reference where it is ${what}`, async () => {
      const path = await put("picture.png", write);
      const sent = record();
      assert.match(await refusal(edit({ ...quick, prompt: "Bluer", references: [path], path: freshFolder() })), said);
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
    it(`is nothing but a name, where it is called ${JSON.stringify(name.slice(0, 40))}`, async () => {
      const path = await put(name, (to) => writeFile(to, greyPng(300, 300, 99)));
      await send({ type: "dropUris", list: at(path).toString() });
      const isImage = name.endsWith(".png");
      assert.deepEqual(
        (await references()).map(({ label }) => label),
        isImage ? [showInvisible(path)] : [],
      );
      assert.equal((await snapshot()).trouble === undefined, isImage);
      await send({ type: "dismissTrouble" });
    });
  }
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeNotices } from "../../build/notices.mjs";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "limn-notices-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** A package with this licence and, optionally, a licence text. */
async function install(name: string, license: string | undefined, text?: string): Promise<string> {
  const path = join(folder, "node_modules", name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "package.json"), JSON.stringify({ name, version: "1.2.3", license }));
  if (text !== undefined) await writeFile(join(path, "LICENSE"), text);
  return path;
}

const bundle = (name: string, ...inputs: readonly string[]) => ({
  name,
  metafile: { inputs: Object.fromEntries(inputs.map((path) => [path, {}])) },
});

async function notices(bundles: readonly ReturnType<typeof bundle>[], copied: readonly string[] = []): Promise<string> {
  const { path } = await writeNotices({ bundles, copied }, join(folder, "NOTICES.txt"));
  return readFile(path, "utf8");
}

test("every bundled or copied package is listed once, with its licence text", async () => {
  const kind = await install("@scope/kind", "MIT", "Do as you like.");
  const icons = await install("icons", "CC-BY-4.0", "Say who drew them.");
  const text = await notices([bundle("a.js", `${kind}/a.js`, `${kind}/b.js`), bundle("b.js", `${kind}/c.js`)], [icons]);
  expect(text.match(/^@scope\/kind 1\.2\.3 \(MIT\)$/gm)).toHaveLength(1);
  expect(text).toContain("Do as you like.");
  expect(text).toMatch(/^icons 1\.2\.3 \(CC-BY-4\.0\)$/m);
  expect(text).toContain("Say who drew them.");
});

test.each(["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "UNLICENSED", "SEE LICENSE IN x", undefined])(
  "the build fails if a package has the licence %s",
  async (licence) => {
    const path = await install("strict", licence, "No.");
    await expect(notices([bundle("a.js", `${path}/a.js`)])).rejects.toThrow(/^strict is in a\.js, where its licence/);
    await expect(notices([], [path])).rejects.toThrow(/^strict is in files that are copied, where its licence/);
  },
);

test.each(["MIT OR GPL-3.0-only", "(BSD-2-Clause OR GPL-2.0-only) AND ISC"])(
  "the build succeeds if %s allows another choice",
  async (licence) => {
    const path = await install("choice", licence, "Choose.");
    expect(await notices([bundle("a.js", `${path}/a.js`)])).toContain("Choose.");
  },
);

test("an LGPL library is only in the replaceable file, with its licence text", async () => {
  const path = await install("lib", "Apache-2.0 AND LGPL-3.0-or-later", "Mine.");
  const text = await notices([bundle("sharp-wasm32.cjs", `${path}/a.js`), bundle("a.js", `${path}/versions.json`)]);
  expect(text).toContain("GNU LESSER GENERAL PUBLIC LICENSE");
  expect(text).toContain("GNU GENERAL PUBLIC LICENSE");
  await expect(notices([bundle("sharp-wasm32.cjs", `${path}/a.js`), bundle("a.js", `${path}/b.js`)])).rejects.toThrow(
    /^lib is in sharp-wasm32\.cjs, a\.js, where its licence/,
  );
});

test("the build fails if a package has no licence text", async () => {
  const path = await install("bare", "MIT");
  await expect(notices([bundle("a.js", `${path}/a.js`)])).rejects.toThrow("bare is shipped and has no licence text.");
});

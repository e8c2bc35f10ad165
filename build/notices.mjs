import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const packageFolder = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
/** sharp's wasm build holds C libraries; the terms they are used under stand in its README, since its LICENSE is sharp's alone. */
const alsoReadme = new Set(["@img/sharp-wasm32"]);

/**
 * Writes one text with the licences of all packages that went into the bundles, as those licences ask, and gives its path. What went in
 * is read from esbuild's metafiles; throws where a package has no licence text.
 */
export async function writeNotices(metafiles, to) {
  const paths = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Map(
    paths.flatMap((path) => {
      const match = packageFolder.exec(path);
      return match === null ? [] : [[match[1], match[0]]];
    }),
  );
  const parts = await Promise.all(
    [...folders].sort(([a], [b]) => a.localeCompare(b)).map(([name, at]) => notice(name, at)),
  );
  await writeFile(to, `Limn holds parts of these packages.\n\n${parts.join("\n\n")}\n`);
  return to;
}

async function notice(name, folder) {
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0 && license !== undefined && existsSync(join(folder, "README.md"))) files.push("README.md");
  if (alsoReadme.has(name)) files.push("README.md");
  if (files.length === 0) throw new Error(`${name} is in a bundle and has no licence text.`);
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), "utf8")));
  return `${"=".repeat(80)}\n${name} ${version} (${license})\n${"=".repeat(80)}\n\n${texts.map((text) => text.trim()).join("\n\n")}`;
}

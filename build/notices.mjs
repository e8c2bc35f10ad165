import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import parseLicence from "spdx-expression-parse";

/** SPDX identifiers of allowed licences: those that only ask for their text and a name. */
const allowed = new Set([
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"],
  ...["CC-BY-4.0", "OFL-1.1"], // icons and fonts
]);

/** An LGPL library must stay replaceable: it is in a separate file, with the text of the LGPL. */
const replaceable = {
  licence: "LGPL-3.0-or-later",
  file: "sharp-wasm32.cjs",
  texts: ["LGPL-3.0.txt", "GPL-3.0.txt"].map((name) => join(import.meta.dirname, "licences", name)),
};

const packageFolder = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
/** Files with the licences of the C libraries that a package contains. */
const libraryLicences = new Map([
  ["@img/sharp-wasm32", "README.md"],
  ["@jsquash/webp", "codec/LICENSE.codec.md"],
]);

/**
 * Writes a file with the licences of all packages that the extension contains parts of.
 * @param {{ bundles: readonly { name: string, metafile: { inputs: object } }[], copied: readonly
 * string[] }} shipped the bundles with esbuild's metafiles, and the folders of packages that files
 *   were copied from.
 * @returns {Promise<{ path: string, packages: { name: string, version: string, licence: string }[]
 * }>}
 * @throws Error if a package has no licence text, or a licence that is not allowed.
 */
export async function writeNotices({ bundles, copied }, to) {
  const folders = new Map(copied.map((folder) => [folder, new Set()]));
  for (const { name, metafile } of bundles) {
    for (const path of Object.keys(metafile.inputs)) {
      const folder = packageFolder.exec(path)?.[0].slice(0, -1);
      if (folder === undefined) continue;
      const files = folders.get(folder) ?? new Set();
      // A JSON file is data, not a part of the library.
      folders.set(folder, path.endsWith(".json") ? files : files.add(name));
    }
  }
  const notices = await Promise.all([...folders].map(([folder, files]) => notice(folder, files)));
  notices.sort((a, b) => a.name.localeCompare(b.name));
  await writeFile(to, `Limn holds parts of these packages.\n\n${notices.map(({ text }) => text).join("\n\n")}\n`);
  return { path: to, packages: notices.map(({ name, version, licence }) => ({ name, version, licence })) };
}

async function notice(folder, files) {
  const { name, version, license: licence = "" } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (!isPermitted(parseExpression(licence), (one) => isAllowedIn(one, files))) {
    const where = [...files].join(", ") || "files that are copied";
    throw new Error(`${name} is in ${where}, where its licence “${licence}” is not allowed (build/notices.mjs).`);
  }
  const texts = await Promise.all(
    (await licenceFiles(name, folder, licence)).map(async (path) => (await readFile(path, "utf8")).trim()),
  );
  const line = "=".repeat(80);
  return { name, version, licence, text: `${line}\n${name} ${version} (${licence})\n${line}\n\n${texts.join("\n\n")}` };
}

async function licenceFiles(name, folder, licence) {
  const names = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (names.length === 0 && existsSync(join(folder, "README.md"))) names.push("README.md");
  if (libraryLicences.has(name)) names.push(libraryLicences.get(name));
  if (names.length === 0) throw new Error(`${name} is shipped and has no licence text.`);
  const paths = names.sort().map((file) => join(folder, file));
  return licence.includes(replaceable.licence) ? [...paths, ...replaceable.texts] : paths;
}

/**
 * Parses an SPDX licence expression (2.3, Annex D). An invalid one becomes a licence without name.
 */
function parseExpression(licence) {
  try {
    return parseLicence(licence);
  } catch {
    return { license: "" };
  }
}

function isPermitted(tree, isAllowed) {
  if ("license" in tree) return isAllowed(tree.plus ? `${tree.license}+` : tree.license);
  const sides = [tree.left, tree.right];
  const isSidePermitted = (side) => isPermitted(side, isAllowed);
  return tree.conjunction === "or" ? sides.some(isSidePermitted) : sides.every(isSidePermitted);
}

const isAllowedIn = (licence, files) =>
  allowed.has(licence) ||
  (licence === replaceable.licence && [...files].every((file) => file === replaceable.file) && files.size > 0);

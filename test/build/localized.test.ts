// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are code.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { API } from "typescript/unstable/sync";
import { expect, it } from "vitest";
import { bundlePath, formatBundle } from "../../scripts/l10n.ts";
import { visitLocalizedFiles } from "../../scripts/localizedTexts.ts";
import { untranslatedLiterals } from "./untranslatedLiterals.ts";

/** Texts that the user does not read, or that are the same in all languages. */
const exemptTexts = [
  // Dialects and rules of parsers.
  ...["ts jsx", "JsxTag", "Skipped"],
  // Codes, keys and parts of the log.
  ...["version", "damaged", "prompt", "try again {}", " and {} more"],
  // CSS classes.
  ...["note error", "count over"],
  // Headers, code that the user copies, paths, and the name of a character.
  ...["Bearer {}", "curl {}", '  -H "Authorization: Bearer $RUNWARE_API_KEY"', ".. image:: {}\n   :alt: {}"],
  ...["images/{slug}", "‹U+{}›"],
  // Imports that are written into documents.
  ...['import Image from "next/image"', 'import {} from "{}"'],
  // Names of a property, of formats and of a model.
  ...["og:image", "JPEG", "AVIF", "BiRefNet Matting"],
];

/** The untranslated texts that are found in each line of code. */
function findIn(lines: readonly string[]): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), "limn-texts-"));
  const config = join(folder, "tsconfig.json");
  const files = lines.map((_, index) => join(folder, `${index}.ts`));
  writeFileSync(config, JSON.stringify({ files }));
  for (const [index, file] of files.entries()) {
    writeFileSync(file, lines[index] ?? "");
  }
  const api = new API({ cwd: folder });
  try {
    const program = api.updateSnapshot({ openProjects: [config] }).getProject(config)?.program;
    return files.map((name) => {
      const file = program?.getSourceFile(name);
      return file === undefined ? ["The code was not read."] : [...new Set(untranslatedLiterals(file))];
    });
  } finally {
    api.close();
    rmSync(folder, { recursive: true });
  }
}

/** Code with an untranslated text, and that text. */
const untranslatedSamples = [
  ['throw new LimnError("files", "The disk is full.");', "The disk is full."],
  ['throw dropError("Failed.");', "Failed."],
  ["const line = `${count} pictures`;", "{} pictures"],
  ["const line = `Saved ${name}`;", "Saved {}"],
  ['const image = "<address of a.png>";', "<address of a.png>"],
  ['const item = { label: "Copy Link" };', "Copy Link"],
  ['const item = { description: cond ? "default" : l10n.t("Other") };', "default"],
  ['picker.title = "Size";', "Size"],
  ['const buttonLabel = cond ? "Copy" : l10n.t("Paste");', "Copy"],
  ['const texts = { failed: () => "Failed" };', "Failed"],
  ['function statusText() { return "Done"; }', "Done"],
  ['void window.showInformationMessage("Saved");', "Saved"],
  ['announce("Sent");', "Sent"],
  ['const text = l10n.t("{0}: {1}", cond ? "no key" : name);', "no key"],
  ["const part = html`<p>Prompt ${count}</p>`;", "Prompt"],
  ['const part = html`<p>${cond ? "not sent" : l10n.t("Sent")}</p>`;', "not sent"],
  ['const part = html`<input aria-label="Prompt" />`;', "Prompt"],
  ['const part = html`<input placeholder=${cond ? "Prompt" : ""} />`;', "Prompt"],
  ['const part = html`<input aria-placeholder="Prompt" />`;', "Prompt"],
  ['const part = html`<input ?title=${"Prompt"} />`;', "Prompt"],
  ['const part = html`<input .value=${cond ? "Prompt" : ""} />`;', "Prompt"],
  ['const part = html`<input type="button" value="Send" />`;', "Send"],
  ['const part = html`<p id=${id}>${"Prompt"}</p>`;', "Prompt"],
  ['const part = html`<p>${cond ? "picture" : l10n.t("pictures")}</p>`;', "picture"],
  ['element.setAttribute("title", cond ? "Prompt" : "");', "Prompt"],
  ['element.textContent = "Prompt";', "Prompt"],
  ['const labels = { off: "Off", on: l10n.t("On") };', "Off"],
  ['const texts = new Map([["off", "Off"]]);', "Off"],
  ['this.#label = "Wrong";', "Wrong"],
  ['class Row { #label = "Wrong"; }', "Wrong"],
  ['void window.showQuickPick(["One", l10n.t("Two")]);', "One"],
  ['const text = l10n.t("Saved") + "more";', "more"],
  ['const text = "Not" + (name + l10n.t("saved"));', "Not"],
  ['const text = l10n.t("{0} x", count === 1 ? "picture" : l10n.t("pictures"));', "picture"],
] as const;

it("finds an untranslated text in every form", () => {
  const found = findIn(untranslatedSamples.map(([code]) => code));
  expect(untranslatedSamples.map(([code], index) => [code, ...(found[index] ?? [])])).toEqual(untranslatedSamples);
});

/** Code without a text that has to be translated. */
const translatedSamples = [
  'throw new LimnError("files", l10n.t("The disk is full."));',
  'log.warn(`The file ${name} is missing.`); this.#log.error("It failed.");',
  'throw new Error("There is no such job.");',
  'const item = { label: l10n.t("Copy Link"), id: "copyLink" };',
  'import { text } from "./a file.ts"; type Kind = "not sent";',
  'const part = html`<p class="note">${l10n.t("Sent")} · 12 px</p>`; const style = css`p { margin: 0 auto; }`;',
  'const image = `<img src="${path}" alt="">`;',
  'const part = html`<option value="dataURI" ?selected=${kind === "URL"}>${l10n.t("Data")} ${count > 1 ? " · " : ""}</option>`;',
  'element.setAttribute("class", "wide"); element.className = "wide"; const names = new Set(["URL", "off"]);',
  'const line = l10n.t("One") + "; " + path; const sum = id + "-suffix";',
];

it("finds nothing in translated texts, logs, types, markup and styles", () => {
  expect(findIn(translatedSamples)).toEqual(translatedSamples.map(() => []));
});

it("puts every sentence that a user reads through l10n.t", () => {
  const found: { path: string; text: string }[] = [];
  let fileCount = 0;
  visitLocalizedFiles((path, file) => {
    fileCount += 1;
    found.push(...untranslatedLiterals(file).map((text) => ({ path, text })));
  });
  expect(fileCount).toBeGreaterThan(300);
  expect(found.filter(({ text }) => !exemptTexts.includes(text))).toEqual([]);
  expect(exemptTexts.filter((exempt) => !found.some(({ text }) => text === exempt))).toEqual([]);
});

it("has exactly the texts of the code in the bundle for translators (npm run fix)", () => {
  expect(readFileSync(bundlePath, "utf8")).toBe(formatBundle());
});

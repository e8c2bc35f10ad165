import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";

/** The code without comments, by file. */
const sources = globSync("src/**/*.ts", { cwd: root }).map((path) => ({
  path,
  text: readFileSync(`${root}/${path}`, "utf8")
    .replace(/\/\*[\s\S]*?\*\//gu, "")
    .replace(/(?<![:"'`\w])\/\/ .*$/gmu, ""),
}));
const everything = sources.map(({ text }) => text).join("\n");

interface Contributes {
  readonly commands: readonly { readonly category: string; readonly title: string }[];
  readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
}

const manifestText = readFileSync(`${root}/package.json`, "utf8");
const { contributes }: { readonly contributes: Contributes } = JSON.parse(manifestText);
const translations: Readonly<Record<string, string>> = JSON.parse(readFileSync(`${root}/package.nls.json`, "utf8"));
const translate = (text: string): string => text.replace(/^%(.+)%$/u, (_, key: string) => translations[key] ?? "");
const { commands, configuration } = contributes;
const titles = new Set(commands.map(({ category, title }) => `${category}: ${translate(title)}`));
const settings = Object.keys(configuration.properties);
const headings = [...readFileSync(`${root}/README.md`, "utf8").matchAll(/^#+ (.+)$/gmu)].map(([, heading]) => heading);

/** Quoted names in messages, with their files; without those that contain a placeholder. */
const quoted = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/“([^”]*)”/gu)].flatMap(([, name = ""]) => (/[{}$]/u.test(name) ? [] : [{ path, name }])),
);

/** All string and template literals of the code. */
const texts = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gu)].map(([literal]) => ({ path, literal })),
);

/** Two sentence ends, an empty quotation or brackets, a space before a comma. */
const malformedSentence = /[^.\s"'`(/[“]\.\.(?![.\w/])|[!?]\.(?=\s|["`]$)|“”|\(\)\.$|[a-z] ,\s|: \.|\.\} ?\./u;

/** The keys that a manifest uses without a text, and those of texts that it does not use. */
function unmatchedKeys(manifest: string, texts: Readonly<Record<string, string>>): readonly string[] {
  const used = new Set([...manifest.matchAll(/%([\w.-]+)%/gu)].map(([, key = ""]) => key));
  return [...[...used].filter((key) => !(key in texts)), ...Object.keys(texts).filter((key) => !used.has(key))];
}

describe("The texts of the manifest", () => {
  it("have a key that is used, and each used key has a text", () => {
    const planted = { ...translations, "limn.unused": "Unused" };
    expect(unmatchedKeys(`${manifestText}%limn.missing%`, planted)).toEqual(["limn.missing", "limn.unused"]);
    expect(unmatchedKeys(manifestText, translations)).toEqual([]);
    expect(Object.entries(translations).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

describe("The messages", () => {
  it("name only existing commands", () => {
    const named = quoted.filter(({ name }) => /^[A-Z]\w+: [A-Z]/u.test(name));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ name }) => !titles.has(name))).toEqual([]);
  });

  it("name only existing settings", () => {
    const named = quoted.filter(({ name }) => name.startsWith("limn."));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ name }) => !settings.includes(name))).toEqual([]);
  });

  it("name only existing buttons and headings", () => {
    const named = quoted.filter(({ name }) => /^[A-Z][\w ]+…?$/u.test(name));
    expect(named.length).toBeGreaterThan(3);
    // A button's label is a whole literal, possibly after an icon, or stands between two tags.
    const isLabel = (name: string) =>
      new RegExp(`["\`](?:\\$\\([\\w-]+\\) )?${name}…?["\`]|>\\s*${name}…?\\s*<`, "u").test(everything);
    expect(named.filter(({ name }) => !isLabel(name) && !headings.includes(name))).toEqual([]);
  });

  it("end each sentence once, and have no empty quotation", () => {
    expect(texts.length).toBeGreaterThan(500);
    expect(texts.filter(({ literal }) => malformedSentence.test(literal))).toEqual([]);
  });
});

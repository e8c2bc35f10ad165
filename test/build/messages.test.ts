import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";

/** The code without its comments, by file. */
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

const { contributes }: { readonly contributes: Contributes } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
const translations: Readonly<Record<string, string>> = JSON.parse(readFileSync(`${root}/package.nls.json`, "utf8"));
const translate = (text: string): string => text.replace(/^%(.+)%$/u, (_, key: string) => translations[key] ?? "");
const { commands, configuration } = contributes;
const titles = new Set(commands.map(({ category, title }) => `${category}: ${translate(title)}`));
const settings = Object.keys(configuration.properties);
const headings = [...readFileSync(`${root}/README.md`, "utf8").matchAll(/^#+ (.+)$/gmu)].map(([, heading]) => heading);

/**
 * What messages put into quotation marks, with the file it is in; without those that a value stands
 * in.
 */
const quoted = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/“([^”]*)”/gu)].flatMap(([, name = ""]) => (/[{}$]/u.test(name) ? [] : [{ path, name }])),
);

/** All texts of the code: of literals and templates, each on its own. */
const texts = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gu)].map(([literal]) => ({ path, literal })),
);

/** Two ends of a sentence, a quotation or brackets with nothing in them, a space before a comma. */
const malformedSentence = /[^.\s"'`(/[“]\.\.(?![.\w/])|[!?]\.(?=\s|["`]$)|“”|\(\)\.$|[a-z] ,\s|: \.|\.\} ?\./u;

describe("the messages", () => {
  it("name commands that there are", () => {
    const named = quoted.filter(({ name }) => /^[A-Z]\w+: [A-Z]/u.test(name));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ name }) => !titles.has(name))).toEqual([]);
  });

  it("name settings that there are", () => {
    const named = quoted.filter(({ name }) => name.startsWith("limn."));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter(({ name }) => !settings.includes(name))).toEqual([]);
  });

  it("name buttons and headings that there are", () => {
    const named = quoted.filter(({ name }) => /^[A-Z][\w ]+…?$/u.test(name));
    expect(named.length).toBeGreaterThan(3);
    // A button has its words to itself, alone or after its icon: in a literal, or between two tags.
    const isLabel = (name: string) =>
      new RegExp(`["\`](?:\\$\\([\\w-]+\\) )?${name}…?["\`]|>\\s*${name}…?\\s*<`, "u").test(everything);
    expect(named.filter(({ name }) => !isLabel(name) && !headings.includes(name))).toEqual([]);
  });

  it("end their sentences once, and leave no quotation empty", () => {
    expect(texts.length).toBeGreaterThan(500);
    expect(texts.filter(({ literal }) => malformedSentence.test(literal))).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  emptyLibrary,
  fillVariables,
  formatLibrary,
  listPromptHistory,
  parseLibrary,
  putPrompt,
  variablesOf,
} from "../../../src/core/request/prompts.ts";
import { setUp } from "../support/setUp.ts";

const fox = { name: "Fox", text: "A red fox" };
const lake = { name: "Lake", text: "A quiet lake" };

describe("A prompt library", () => {
  it("is read back unchanged, including unknown keys", () => {
    const library = { $schema: "https://example.com", prompts: [{ ...fox, tags: ["animal"] }] };
    expect(parseLibrary(formatLibrary(library))).toEqual(library);
  });

  it("is not read from invalid text", () => {
    const wrong = [
      "",
      "{",
      "[]",
      "null",
      '{"prompts":{}}',
      '{"prompts":[{"name":"a"}]}',
      '{"prompts":[{"name":"","text":"a"}]}',
    ];
    expect(wrong.map(parseLibrary)).toEqual(wrong.map(() => undefined));
    const long = formatLibrary({ prompts: [{ name: "a".repeat(81), text: "a" }] });
    expect(parseLibrary(long)).toBeUndefined();
    const deep = `{"prompts":[],"more":${"[".repeat(400_000)}${"]".repeat(400_000)}}`;
    expect(parseLibrary(deep)).toBeUndefined();
  });

  it("appends a prompt, replaces one in place, and removes one", () => {
    const both = putPrompt(putPrompt(emptyLibrary, undefined, fox), undefined, lake);
    expect(both.prompts).toEqual([fox, lake]);
    expect(putPrompt(both, "Fox", { ...fox, name: "Vixen" }).prompts).toEqual([{ ...fox, name: "Vixen" }, lake]);
    expect(putPrompt({ prompts: [{ ...fox, tags: ["animal"] }] }, "Fox", lake).prompts).toEqual([
      { ...lake, tags: ["animal"] },
    ]);
    expect(putPrompt(both, "Fox").prompts).toEqual([lake]);
    expect(putPrompt(both, "Hare").prompts).toEqual([fox, lake]);
  });
});

describe("Prompt variables", () => {
  it("are listed once each, in order, in any script", () => {
    expect(variablesOf("A {thing} in {сезон}, {thing} by {the sea}")).toEqual(["thing", "сезон", "the sea"]);
  });

  it("are not found in similar text", () => {
    expect(variablesOf("{} { a} {1} {a:b} {{}} {a\nb} [sandbox:delay=1]")).toEqual([]);
  });

  it("are replaced literally, whatever the value", () => {
    expect(fillVariables("A {a} and {b}", new Map([["a", "$& {b}"]]))).toBe("A $& {b} and {b}");
    fc.assert(fc.property(fc.string(), (value) => fillVariables("{a}", new Map([["a", value]])) === value));
  });
});

describe("The prompt history", () => {
  it("contains each prompt once, newest first, at most 200", async () => {
    const { buy, jobs } = await setUp();
    await buy({ prompt: "A" });
    await buy({ prompt: "B" });
    await buy({ prompt: "A" });
    const list = jobs.journal.list();
    expect(listPromptHistory(list).map(({ text }) => text)).toEqual(["A", "B"]);
    const many = Array.from({ length: 300 }, (_, index) =>
      list.slice(0, 1).map((job) => ({ ...job, request: { ...job.request, prompt: `P${index}` } })),
    ).flat();
    expect(listPromptHistory(many)).toHaveLength(200);
  });

  it("contains prompts of forgotten jobs in order, and marks them as removable", async () => {
    const { buy, jobs } = await setUp();
    const { job } = await buy({ prompt: "A" });
    const past = [
      { text: "later", usedAt: job.createdAt + 1 },
      { text: "A", usedAt: job.createdAt + 2 },
      { text: "earlier", usedAt: job.createdAt - 1 },
    ];
    const history = listPromptHistory(jobs.journal.list(), past);
    expect(history.map(({ text, isForgotten: forgotten }) => [text, forgotten])).toEqual([
      ["later", true],
      ["A", false],
      ["earlier", true],
    ]);
    expect(new Set(history.map(({ id }) => id)).size).toBe(3);
  });
});

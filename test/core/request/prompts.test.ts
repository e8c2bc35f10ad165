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
import { openHouse } from "../support/setUp.ts";

const fox = { name: "Fox", text: "A red fox" };
const lake = { name: "Lake", text: "A quiet lake" };

describe("a library of prompts", () => {
  it("is read as it was written, with keys of others in it", () => {
    const library = { $schema: "https://example.com", prompts: [{ ...fox, tags: ["animal"] }] };
    expect(parseLibrary(formatLibrary(library))).toEqual(library);
  });

  it("is not read from anything else", () => {
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

  it("takes a prompt in at its end, replaces one in its place, and lets one go", () => {
    const both = putPrompt(putPrompt(emptyLibrary, undefined, fox), undefined, lake);
    expect(both.prompts).toEqual([fox, lake]);
    expect(putPrompt(both, "Fox", { ...fox, name: "Vixen" }).prompts).toEqual([{ ...fox, name: "Vixen" }, lake]);
    expect(putPrompt(both, "Fox").prompts).toEqual([lake]);
    expect(putPrompt(both, "Hare").prompts).toEqual([fox, lake]);
  });
});

describe("variables of a prompt", () => {
  it("are found once each, in order, in any script", () => {
    expect(variablesOf("A {thing} in {сезон}, {thing} by {the sea}")).toEqual(["thing", "сезон", "the sea"]);
  });

  it("are nothing that only looks like one", () => {
    expect(variablesOf("{} { a} {1} {a:b} {{}} {a\nb} [sandbox:delay=1]")).toEqual([]);
  });

  it("are filled in as they are, whatever is put in their place", () => {
    expect(fillVariables("A {a} and {b}", new Map([["a", "$& {b}"]]))).toBe("A $& {b} and {b}");
    fc.assert(fc.property(fc.string(), (value) => fillVariables("{a}", new Map([["a", value]])) === value));
  });
});

describe("the history of prompts", () => {
  it("holds each prompt once, the newest first, and no more than 200", async () => {
    const { buy, jobs } = await openHouse();
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

  it("holds those of forgotten jobs at their place, and says that they can be removed", async () => {
    const { buy, jobs } = await openHouse();
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

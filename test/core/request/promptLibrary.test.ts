import { describe, expect, it } from "vitest";
import { emptyLibrary, formatLibrary, parseLibrary, putPrompt } from "../../../src/core/request/promptLibrary.ts";

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

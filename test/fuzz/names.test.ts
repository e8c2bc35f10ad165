import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidateFileNames, type PlaceholderValues } from "../../src/core/files/naming.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";

const parts: PlaceholderValues = {
  prompt: "A red hut by the lake, at dawn",
  date: Date.UTC(2026, 1, 5, 12),
  size: { width: 2720, height: 1536 },
  ratio: "16:9",
  uuid: "8cc5ec48-46fa-4795-855f-9f1a66d5d5c1",
};

function first(count: number, template: string, prompt: string): string[] {
  const names = candidateFileNames(template, { ...parts, prompt });
  return Array.from({ length: count }, () => names.next().value);
}

const words = fc.constantFrom(
  ...[
    "con",
    "aux.",
    " nul ",
    "..",
    "{slug}",
    "{n}",
    "{slug}{n}",
    "com1.{n}",
    "{date}.{ratio}",
    "{__proto__}",
    "{date}/{slug}",
    "/",
    "{n}/..",
  ],
  ...["x".repeat(300), "ÅÄ".repeat(200), "\u202E", "\u0000", "\uD83D", "{n".repeat(90)],
);

const anything = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", minLength: 100, maxLength: 300 }),
  fc.array(fc.oneof(words, fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 12 }).map((all) => all.join("")),
);

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe("For any template and prompt, a name", () => {
  test("is valid on Windows, macOS and Linux, not hidden, and leaves room for the extension", () => {
    fc.assert(
      fc.property(anything, anything, (template, prompt) => {
        for (const name of first(3, template, prompt).flatMap((path) => path.split("/"))) {
          expect(name).not.toBe("");
          expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}]/u);
          expect(name).not.toMatch(/^[.\s]|[.\s]$/);
          expect(name).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i);
          expect(bytes(`${name}.webp`)).toBeLessThanOrEqual(255);
          expect(name.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("gets different numbered names, on case-insensitive disks as well", () => {
    fc.assert(
      fc.property(anything, anything, (template, prompt) => {
        expect(new Set(first(12, template, prompt).map((name) => name.toLowerCase())).size).toBe(12);
      }),
      { numRuns: fuzzRuns },
    );
  });
});

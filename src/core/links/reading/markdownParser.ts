import { Tree } from "@lezer/common";
import type { InlineContext, MarkdownParser } from "@lezer/markdown";
import { parseInTime, type TimeLimit } from "./timeLimit.ts";

/** Marks of emphasis in a paragraph that are read; the parser compares each with all before it. */
const maxEmphasis = 10_000;

/** Marks without white space between them; behind each, the parser looks for an address. */
const maxRun = 2000;

const codesOf = (marks: string): ReadonlySet<number> => new Set(Array.from(marks, (mark) => mark.charCodeAt(0)));
const emphasis = codesOf("*_");
const others = codesOf("![]<`");
const space = codesOf(" \t\n");

/** Lists or quotes in each other at the start of a line take quadratic time. */
const nestedLine = /^[ \t]*(?:[-+*][ \t]+|>[ \t]?|\d{1,9}[.)][ \t]+){100}/m;

/** The parser that skips the rest of a paragraph with too many marks, or after its time. */
export function limited(parser: MarkdownParser, time: TimeLimit): MarkdownParser {
  let paragraph: InlineContext | undefined;
  let [emphasized, run] = [0, 0];
  return parser.configure({
    // It takes quadratic time for a run of spaces.
    remove: ["HardBreak"],
    parseInline: [
      {
        name: "Skipped",
        before: "Escape",
        parse(context, next) {
          if (context !== paragraph) [paragraph, emphasized, run] = [context, 0, 0];
          if (emphasis.has(next)) emphasized++;
          else if (others.has(next)) run++;
          else {
            if (space.has(next)) run = 0;
            return -1;
          }
          return emphasized > maxEmphasis || run > maxRun || time.isOver() ? context.end : -1;
        },
      },
    ],
  });
}

/** Parses a document of Markdown; see `parseInTime`. */
export const parseMarkdown = (time: TimeLimit, parser: MarkdownParser, text: string): Tree =>
  nestedLine.test(text) ? Tree.empty : parseInTime(time, parser, text);

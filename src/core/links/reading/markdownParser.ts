import { Tree } from "@lezer/common";
import type { InlineContext, MarkdownParser } from "@lezer/markdown";
import { isOver, parseUntil } from "./parseUntil.ts";

/** Marks of a paragraph that are read; the parser compares each with all before it. */
const maxMarks = 4000;

const marks: ReadonlySet<number> = new Set(Array.from("!*_[]<`", (mark) => mark.charCodeAt(0)));

/** Lists or quotes in each other at the start of a line take quadratic time. */
const nestedLine = /^[ \t]*(?:[-+*][ \t]+|>[ \t]?|\d{1,9}[.)][ \t]+){100}/m;

/** The parser that skips the rest of a paragraph after too many marks, or after the deadline. */
export function limited(parser: MarkdownParser, deadline: number): MarkdownParser {
  let paragraph: InlineContext | undefined;
  let count = 0;
  return parser.configure({
    // It takes quadratic time for a run of spaces.
    remove: ["HardBreak"],
    parseInline: [
      {
        name: "Skipped",
        before: "Escape",
        parse(context, next) {
          if (!marks.has(next)) return -1;
          [paragraph, count] = [context, context === paragraph ? count + 1 : 1];
          return count > maxMarks || isOver(deadline) ? context.end : -1;
        },
      },
    ],
  });
}

/** Parses a document of Markdown; see `parseUntil`. */
export const parseMarkdownUntil = (deadline: number, parser: MarkdownParser, text: string): Tree =>
  nestedLine.test(text) ? Tree.empty : parseUntil(deadline, parser, text);

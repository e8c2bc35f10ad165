import { type Parser, Tree } from "@lezer/common";

/**
 * When the reading of a text has to end, as `performance.now()`, in milliseconds. Common code takes
 * less than a millisecond for 1,000 characters; the rest is for computers that are busy.
 */
export const deadlineFor = (text: string): number => performance.now() + 500 + text.length / 500;

/** Whether a deadline is over. */
export const isOver = (deadline: number): boolean => performance.now() >= deadline;

/**
 * Parses a text up to where the deadline finds it: some code, such as a long run of `/[`, costs the
 * parsers quadratic time. The tree is empty if the deadline was over before.
 */
export function parseUntil(deadline: number, parser: Parser, text: string): Tree {
  if (isOver(deadline)) return Tree.empty;
  const steps = parser.startParse(text);
  try {
    let tree = steps.advance();
    while (tree === null) {
      if (steps.stoppedAt === null && isOver(deadline)) steps.stopAt(steps.parsedPos);
      tree = steps.advance();
    }
    return tree;
  } catch (error) {
    // Operators without end are nested so deep that the stack is full.
    if (error instanceof RangeError) return Tree.empty;
    throw error;
  }
}

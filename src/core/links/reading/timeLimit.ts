import { type Parser, Tree } from "@lezer/common";

/**
 * The time that reading a text may take. Pauses, in which a busy computer does other work, hardly
 * count, so the same text is read the same way there.
 */
export class TimeLimit {
  readonly #longestStep: number;
  #left: number;
  #last = performance.now();

  /** @param milliseconds in all, and for one step of a parser at most. */
  constructor(milliseconds: number, longestStep = 5) {
    this.#left = milliseconds;
    this.#longestStep = longestStep;
  }

  /** Whether the time is over. Asked after each step. */
  isOver(): boolean {
    const now = performance.now();
    this.#left -= Math.min(now - this.#last, this.#longestStep);
    this.#last = now;
    return this.#left <= 0;
  }
}

/** The time for a document: common ones take less than a millisecond for 1,000 characters. */
export const timeFor = ({ length }: string): TimeLimit =>
  new TimeLimit(500 + length / 500, Math.max(5, length / 20_000));

/**
 * Parses a text up to where the end of the time finds it: some code, such as a long run of `/[`,
 * costs the parsers quadratic time. The tree is empty if the time was over before.
 */
export function parseInTime(time: TimeLimit, parser: Parser, text: string): Tree {
  if (time.isOver()) return Tree.empty;
  const steps = parser.startParse(text);
  try {
    let tree = steps.advance();
    while (tree === null) {
      if (steps.stoppedAt === null && time.isOver()) steps.stopAt(steps.parsedPos);
      tree = steps.advance();
    }
    return tree;
  } catch (error) {
    // Operators without end are nested so deep that the stack is full.
    if (error instanceof RangeError) return Tree.empty;
    throw error;
  }
}

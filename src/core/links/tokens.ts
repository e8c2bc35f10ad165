/** `literal` is shown as it is, such as a block of code; in `path`, only a path fits. */
export type TokenKind = "comment" | "lineComment" | "literal" | "path";

/** A part of a text in which a link is not inserted like elsewhere. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Where the text between the delimiters starts and ends. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Where the body of a token ends, and where the token ends. */
export interface TokenEnd {
  readonly bodyEnd: number;
  readonly end: number;
}

/** How a kind of token starts and ends. */
export interface TokenRule {
  /** `skipped` hides what is in it, such as `<!--` between backticks. */
  readonly kind: TokenKind | "skipped";
  /** With the flag `g`; never matches an empty text. */
  readonly open: RegExp;
  /** With the flag `g`; or a function, if the end depends on the start. */
  readonly close: RegExp | ((text: string, opening: RegExpExecArray) => TokenEnd | undefined);
}

function execFrom(pattern: RegExp, text: string, offset: number): RegExpExecArray | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text) ?? undefined;
}

function closeWith(pattern: RegExp, text: string, bodyStart: number): TokenEnd | undefined {
  const match = execFrom(pattern, text, bodyStart);
  return match && { bodyEnd: match.index, end: match.index + match[0].length };
}

/**
 * The tokens between two offsets, in order; they do not overlap. A token without an end is none,
 * because a link cannot be inserted behind it. The work grows only with the length of the text.
 */
export function tokensOf(text: string, rules: readonly TokenRule[], from = 0, to = text.length): readonly Token[] {
  const pending = rules.map((rule) => ({ rule, opening: execFrom(rule.open, text, from) }));
  const tokens: Token[] = [];
  for (let offset = from; ; ) {
    for (const entry of pending) {
      if (entry.opening !== undefined && entry.opening.index < offset) {
        entry.opening = execFrom(entry.rule.open, text, offset);
      }
    }
    const [first] = pending
      .filter(({ opening }) => opening !== undefined && opening.index < to)
      .sort((one, other) => (one.opening?.index ?? 0) - (other.opening?.index ?? 0));
    if (first?.opening === undefined) {
      return tokens;
    }
    const { rule, opening } = first;
    const bodyStart = opening.index + opening[0].length;
    const isFixed = rule.close instanceof RegExp;
    const found = rule.close instanceof RegExp ? closeWith(rule.close, text, bodyStart) : rule.close(text, opening);
    if (found === undefined) {
      // What cannot end here cannot end further down, so it is not searched for again.
      first.opening = isFixed ? undefined : execFrom(rule.open, text, bodyStart);
      continue;
    }
    const [bodyEnd, end] = [Math.min(found.bodyEnd, to), Math.min(found.end, to)];
    if (rule.kind !== "skipped") {
      tokens.push({ kind: rule.kind, start: opening.index, end, bodyStart, bodyEnd });
    }
    offset = Math.max(end, bodyStart);
  }
}

/**
 * Whether text that is typed at the offset becomes a part of the token. A comment up to the end of
 * its line includes that end, and so does code.
 */
export function isInToken({ kind, start, end, bodyStart, bodyEnd }: Token, offset: number): boolean {
  if (kind === "path") {
    return bodyStart <= offset && offset <= bodyEnd;
  }
  return start < offset && (kind === "lineComment" || kind === "literal" ? offset <= end : offset < end);
}

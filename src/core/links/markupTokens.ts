import { cssTokens, type MarkupSyntax, phpTokens, scriptTokens } from "./linkSyntax.ts";
import type { CodeRange, MarkupScan, MarkupToken } from "./markupScan.ts";
import { type BraceMisses, bracesEnd, readTag } from "./tagEnd.ts";
import { type TokenRule, tokensOf } from "./tokens.ts";

/** Elements without content. Source: HTML, 13.1.2. */
const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** Elements whose content has no tags, and its syntax. */
const rawElements: ReadonlyMap<string, readonly TokenRule[]> = new Map([
  ["script", scriptTokens],
  ["style", cssTokens],
]);

/** What starts a token between tags. */
const markupPatterns: Readonly<Record<MarkupSyntax["expressions"], RegExp>> = {
  none: /<!--|<!|<\?|<(?=[A-Za-z/])/g,
  mustaches: /<!--|<!|<\?|<(?=[A-Za-z/])|\{\{/g,
  braces: /<!--|<!|<\?|<(?=[A-Za-z/])|\{/g,
  code: /<!--|<!|<\?|<(?=[A-Za-z/>])|\{/g,
};

/** What starts or ends a token in code. */
const codePattern = /\/\*|\/\/|["'`]|[{}]|<(?=[A-Za-z>])/g;

const stringEnds: Readonly<Record<string, RegExp>> = {
  '"': /"(?<=(?<!\\)(?:\\\\)*")|$/gm,
  "'": /'(?<=(?<!\\)(?:\\\\)*')|$/gm,
  "`": /`(?<=(?<!\\)(?:\\\\)*`)/g,
};

/** Tags, or code in which tags may start. */
type Frame =
  | { readonly isCode: false; readonly isBase: boolean; depth: number }
  | { readonly isCode: true; readonly outerLevel: number; readonly expressionStart: number; depth: number };

/** PHP that starts or ends a block: `<?php if ($a): ?>`, `<?php endif ?>`. */
const phpBlock = /[:{]\s*\?>$|^<\?(?:php)?\s*(?:end|\})/;

class MarkupScanner {
  readonly tokens: MarkupToken[] = [];
  readonly code: CodeRange[] = [];
  readonly #text: string;
  readonly #syntax: MarkupSyntax;
  readonly #frames: Frame[];
  /** Delimiters that do not occur any more, so that they are searched for only once. */
  readonly #missing = new Set<string>();
  readonly #misses: BraceMisses = { count: 0 };
  #offset = 0;
  #level = 0;
  #levelCount = 0;
  #codeStart = 0;

  constructor(text: string, syntax: MarkupSyntax) {
    this.#text = text;
    this.#syntax = syntax;
    this.#frames = [
      syntax.isCode
        ? { isCode: true, outerLevel: 0, expressionStart: 0, depth: 0 }
        : { isCode: false, isBase: true, depth: 0 },
    ];
  }

  run(): void {
    if (!this.#syntax.isCode) {
      this.#readFrontMatter();
    }
    let frame = this.#frames.at(-1);
    while (frame !== undefined && (frame.isCode ? this.#readInCode(frame) : this.#readInMarkup(frame))) {
      frame = this.#frames.at(-1);
    }
    if (frame?.isCode) {
      this.#addCode(this.#codeStart, this.#text.length);
    }
    this.tokens.sort((one, other) => one.start - other.start || other.end - one.end);
  }

  /** Code at the start of a document of Astro. */
  #readFrontMatter(): void {
    const match = /^---[ \t]*\r?\n(?:[\s\S]*?\r?\n)?---[ \t]*(?=\r?\n|$)/.exec(this.#text);
    if (match !== null) {
      this.#readCode(3, match[0].trimEnd().length - 3, scriptTokens);
      this.#offset = match[0].length;
    }
  }

  #next(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#offset;
    return pattern.exec(this.#text) ?? undefined;
  }

  /** The offset behind the next delimiter; `undefined` if there is none. */
  #after(delimiter: string, from: number): number | undefined {
    const start = this.#missing.has(delimiter) ? -1 : this.#text.indexOf(delimiter, from);
    if (start < 0) {
      this.#missing.add(delimiter);
    }
    return start < 0 ? undefined : start + delimiter.length;
  }

  /** Adds a token from an offset to another; skips a character if there is no end. */
  #add(kind: MarkupToken["kind"], start: number, end: number | undefined, more: Partial<MarkupToken> = {}): void {
    if (end !== undefined) {
      const isInCode = this.#frames.at(-1)?.isCode === true;
      this.tokens.push({ kind, start, end, level: this.#level, isInCode, ...more });
    }
    this.#offset = end ?? start + 1;
  }

  #addCode(start: number, end: number, language: CodeRange["language"] = "withTags"): void {
    this.code.push({ start, end, language });
  }

  /** Adds code that has no tags in it. */
  #readCode(start: number, end: number, rules: readonly TokenRule[]): void {
    this.#addCode(start, end, rules === cssTokens ? "style" : "script");
    for (const { kind, start: from, end: to } of tokensOf(this.#text, rules, start, end)) {
      const isComment = kind === "comment" || kind === "lineComment";
      this.#add(isComment ? kind : "string", from, to, { isInCode: true });
    }
  }

  #readInMarkup(frame: Frame & { readonly isCode: false }): boolean {
    const match = this.#next(markupPatterns[this.#syntax.expressions]);
    if (match === undefined) {
      return false;
    }
    const { 0: delimiter, index } = match;
    switch (delimiter) {
      case "<!--":
        this.#add("comment", index, this.#after("-->", index + 4));
        break;
      case "<!":
        this.#add("doctype", index, this.#after(">", index));
        break;
      case "<?":
        this.#readPhp(index);
        break;
      case "<":
        this.#readTagInMarkup(index, frame);
        break;
      case "{{":
        this.#readMustaches(index);
        break;
      default:
        this.#readBraces(index);
    }
    return true;
  }

  #readPhp(start: number): void {
    const found = this.#after("?>", start);
    const end = found ?? this.#text.length;
    const [opening = ""] = /^<\?(?:php\b|=)?/i.exec(this.#text.slice(start, start + 6)) ?? [];
    const codeStart = start + opening.length;
    this.#readCode(codeStart, Math.max(codeStart, found === undefined ? end : end - 2), phpTokens);
    const content = this.#text.slice(start, end);
    const isBlock = content.includes("\n") || phpBlock.test(content);
    this.#add(isBlock ? "block" : "expression", start, end);
  }

  #readMustaches(start: number): void {
    const isLongComment = this.#text.startsWith("{{!--", start);
    const end = this.#after(isLongComment ? "--}}" : "}}", start);
    const content = this.#text.slice(start + 2, start + 12).replace(/^~/, "");
    const kind = content.startsWith("!") ? "comment" : /^\s*(?:[#/^>]|else\b)/.test(content) ? "block" : "expression";
    this.#add(kind, start, end);
  }

  #readBraces(start: number): void {
    if (this.#syntax.expressions === "braces") {
      const isBlock = /^\s*[#:/@]/.test(this.#text.slice(start + 1, start + 12));
      this.#add(isBlock ? "block" : "expression", start, bracesEnd(this.#text, start, this.#misses));
      return;
    }
    const comment = /^\{\s*\/\*/.exec(this.#text.slice(start, start + 20));
    const commentEnd = comment && this.#after("*/", start + comment[0].length);
    const close = commentEnd && /^\s*\}/.exec(this.#text.slice(commentEnd, commentEnd + 200));
    if (close) {
      this.#add("comment", start, (commentEnd ?? start) + close[0].length);
      return;
    }
    this.#frames.push({ isCode: true, outerLevel: this.#level, expressionStart: start, depth: 0 });
    this.#level = ++this.#levelCount;
    this.#offset = start + 1;
    this.#codeStart = this.#offset;
  }

  #readTagInMarkup(start: number, frame: Frame & { readonly isCode: false }): void {
    const { expressions, isCode } = this.#syntax;
    const hasBraces = expressions === "braces" || expressions === "code";
    const content = readTag(this.#text, start, hasBraces ? this.#misses : undefined);
    const isInElement = !frame.isBase;
    if (content === undefined) {
      this.#offset = start + 1;
      return;
    }
    const { end, values } = content;
    const name = (/^<\/?([\w.:-]*)/.exec(this.#text.slice(start, start + 100))?.[1] ?? "").toLowerCase();
    const isEmpty = this.#text.charAt(end - 2) === "/" || (!isCode && voidElements.test(name));
    const role = this.#text.charAt(start + 1) === "/" ? "close" : isEmpty ? "empty" : "open";
    frame.depth += role === "open" ? 1 : role === "close" ? -1 : 0;
    const isRoot = isInElement && (role === "open" ? frame.depth === 1 : frame.depth <= 0);
    this.#add("tag", start, end, { tag: { name, role, isRoot, values }, isInCode: false });
    const rawRules = role === "open" && !isCode ? rawElements.get(name) : undefined;
    if (rawRules !== undefined) {
      const close = new RegExp(`</${name}\\b`, "gi");
      close.lastIndex = end;
      const contentEnd = close.exec(this.#text)?.index ?? this.#text.length;
      this.#readCode(end, contentEnd, rawRules);
      this.#offset = contentEnd;
    }
    if (isInElement && frame.depth <= 0) {
      this.#frames.pop();
      this.#codeStart = this.#offset;
    }
  }

  #readInCode(frame: Frame & { readonly isCode: true }): boolean {
    const match = this.#next(codePattern);
    if (match === undefined) {
      return false;
    }
    const { 0: delimiter, index } = match;
    switch (delimiter) {
      case "/*":
        this.#add("comment", index, this.#after("*/", index + 2));
        break;
      case "//":
        this.#add("lineComment", index, this.#endOf(/$/gm, index));
        break;
      case "<":
        this.#readTagInCode(index);
        break;
      case "{":
        frame.depth++;
        this.#offset = index + 1;
        break;
      case "}":
        this.#closeBrace(frame, index);
        break;
      default:
        this.#add("string", index, this.#endOf(stringEnds[delimiter] ?? /$/gm, index + 1));
    }
    return true;
  }

  #endOf(pattern: RegExp, from: number): number | undefined {
    pattern.lastIndex = from;
    const match = pattern.exec(this.#text);
    return match === null ? undefined : match.index + match[0].length;
  }

  #closeBrace(frame: Frame & { readonly isCode: true }, index: number): void {
    this.#offset = index + 1;
    if (frame.depth > 0 || this.#frames.length === 1) {
      frame.depth = Math.max(0, frame.depth - 1);
      return;
    }
    this.#addCode(this.#codeStart, index);
    this.#frames.pop();
    const opens = this.#level;
    this.#level = frame.outerLevel;
    this.#add("expression", frame.expressionStart, index + 1, { opens });
  }

  /** A `<` in code starts an element, unless it compares, or starts a list of types. */
  #readTagInCode(start: number): void {
    const isOperator =
      /[\w$)\].]/.test(this.#text.charAt(start - 1)) ||
      /^<[A-Za-z]\w*(?:\s*,|\s+extends\b)/.test(this.#text.slice(start, start + 100));
    if (isOperator || readTag(this.#text, start, this.#misses) === undefined) {
      this.#offset = start + 1;
      return;
    }
    this.#addCode(this.#codeStart, start);
    this.#frames.push({ isCode: false, isBase: false, depth: 0 });
    this.#offset = start;
  }
}

/** Finds the parts of a document of tags. Broken documents have a result too. */
export function scanMarkup(text: string, syntax: MarkupSyntax): MarkupScan {
  const scanner = new MarkupScanner(text, syntax);
  scanner.run();
  return scanner;
}

import type { TagValue } from "./tagEnd.ts";

/** A tag of a document. */
export interface Tag {
  /** In lower case; empty for a fragment of JSX. */
  readonly name: string;
  /** `empty` has no content, such as `<br>`. */
  readonly role: "open" | "close" | "empty";
  /** Whether it belongs to the outermost element in code, which has no sibling. */
  readonly isRoot: boolean;
  readonly values: readonly TagValue[];
}

/**
 * A part of a document of tags. `expression` is code in the text, such as `{name}`, and `block` is
 * code that structures it, such as `{#if name}`.
 */
export interface MarkupToken {
  readonly kind: "comment" | "lineComment" | "doctype" | "tag" | "string" | "block" | "expression";
  readonly start: number;
  readonly end: number;
  /** Number of the innermost expression with tags that it is in; 0 outside of all. */
  readonly level: number;
  /** Its number, if it is an expression that may have tags in it. */
  readonly opens?: number;
  /** Whether it is in code. */
  readonly isInCode: boolean;
  readonly tag?: Tag;
}

/**
 * A part of a document that is code. Both ends belong to it. Only code of JSX and Astro has tags.
 */
export interface CodeRange {
  readonly start: number;
  readonly end: number;
  readonly language: "withTags" | "script" | "style";
}

/** The parts of a document of tags, by their start. */
export interface MarkupScan {
  readonly tokens: readonly MarkupToken[];
  readonly code: readonly CodeRange[];
}

import { createScanner, LanguageVariant, SyntaxKind } from "typescript/unstable/ast";

/** A comment, the text of a literal, or a name in TypeScript or JavaScript. */
export interface CodePiece {
  readonly kind: "comment" | "name" | "template" | "text";
  /** With the marks around it, such as quotes. */
  readonly text: string;
  readonly offset: number;
}

const kinds: ReadonlyMap<SyntaxKind, CodePiece["kind"]> = new Map([
  [SyntaxKind.SingleLineCommentTrivia, "comment"],
  [SyntaxKind.MultiLineCommentTrivia, "comment"],
  [SyntaxKind.StringLiteral, "text"],
  [SyntaxKind.NoSubstitutionTemplateLiteral, "template"],
  [SyntaxKind.TemplateHead, "template"],
  [SyntaxKind.TemplateMiddle, "template"],
  [SyntaxKind.TemplateTail, "template"],
  [SyntaxKind.Identifier, "name"],
  [SyntaxKind.PrivateIdentifier, "name"],
]);

/** After these a slash divides. After all others it starts a regular expression. */
const endsOfValues: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.Identifier, SyntaxKind.PrivateIdentifier, SyntaxKind.NumericLiteral, SyntaxKind.BigIntLiteral],
  ...[SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TemplateTail],
  ...[SyntaxKind.CloseParenToken, SyntaxKind.CloseBracketToken, SyntaxKind.CloseBraceToken],
  ...[SyntaxKind.ThisKeyword, SyntaxKind.SuperKeyword],
]);

const isSpace = (kind: SyntaxKind): boolean =>
  kind === SyntaxKind.WhitespaceTrivia || kind === SyntaxKind.NewLineTrivia;

/**
 * Returns the pieces of a file, in its order. Comments with `//` on successive lines are one piece.
 * A regular expression is none.
 * @throws Error if a literal or a comment has no end.
 */
export function codePieces(code: string): readonly CodePiece[] {
  const scanner = createScanner(false, LanguageVariant.Standard, code);
  const pieces: CodePiece[] = [];
  /** For each open brace, whether it is the `${` of a template. */
  const braces: boolean[] = [];
  let previous: SyntaxKind = SyntaxKind.Unknown;
  let isAfterLineComment = false;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    if (kind === SyntaxKind.OpenBraceToken) braces.push(false);
    if (kind === SyntaxKind.CloseBraceToken && braces.pop() === true) kind = scanner.reScanTemplateToken(true);
    if (kind === SyntaxKind.TemplateHead || kind === SyntaxKind.TemplateMiddle) braces.push(true);
    const isSlash = kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken;
    if (isSlash && !endsOfValues.has(previous)) kind = scanner.reScanSlashToken();
    const offset = scanner.getTokenStart();
    if (scanner.isUnterminated()) throw new Error(`The code has no end of what starts at offset ${offset}.`);
    const known = kinds.get(kind);
    const isLineComment = kind === SyntaxKind.SingleLineCommentTrivia;
    const last = isLineComment && isAfterLineComment ? pieces.pop() : undefined;
    if (known !== undefined) {
      const start = last?.offset ?? offset;
      pieces.push({ kind: known, text: code.slice(start, scanner.getTokenEnd()), offset: start });
    }
    if (isSpace(kind)) continue;
    isAfterLineComment = isLineComment;
    if (known !== "comment") previous = kind;
  }
  return pieces;
}

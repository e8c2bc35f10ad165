import { describe, expect, test } from "vitest";
import { isInDeclaration } from "../../../src/core/links/linkPlaces.ts";

/** Places, marked by `|`: where only a value fits, and where a declaration does. */
const places: Readonly<Record<string, { readonly value: readonly string[]; readonly other: readonly string[] }>> = {
  css: {
    value: [
      "main { background: |; }",
      "main {\n  background: |\n}",
      "main {\n  background:\n    linear-gradient(red, blue),\n    |;\n}",
      'main { background: url("a;b{c}.png"), |; }',
      "main { background: /* ; { */ | }",
      "main { color: red; --hero:|",
      "main { background: |\n  &:hover { color: red }\n}",
      "@media print { main { background: | } }",
    ],
    other: [
      "|",
      "a:hover |",
      "a:hover |\n{ color: red }",
      "main { a:hover | { color: red } }",
      "main { a::before |",
      "main { color: red; | }",
      "main { color: red; } |",
      "main { & > a:hover | }",
      "main { /* background: | */ }",
      "@media (min-width: | ) { }",
      "@page :first |",
      ".a, a:hover, | ",
    ],
  },
  scss: {
    value: [
      "$hero: |;",
      "main { background: #{$color} |; }",
      "main { #{$side}-image: | }",
      "main { // it's { here;\n  background: | }",
    ],
    other: ["main { // background:\n  | }", "main { #{$name}:hover | { } }", "#{$name}:hover |"],
  },
  less: { value: ["@hero: |;", "main { @{side}-image: | }"], other: [".hero() | { }"] },
};

const rows = Object.entries(places).flatMap(([languageId, { value, other }]) => [
  ...value.map((text) => ({ languageId, text, isValue: true })),
  ...other.map((text) => ({ languageId, text, isValue: false })),
]);

describe("A value of a declaration", () => {
  test.each(rows)("in $languageId fits at $text: $isValue", ({ languageId, text, isValue }) => {
    const offset = text.indexOf("|");
    const document = { text: text.replace("|", ""), languageId };
    expect(isInDeclaration(document, offset)).toBe(isValue);
  });
});

import fc from "fast-check";
import { altText } from "../../src/core/links/altText.ts";

/** A link, with the file and alt text that a reader must find. */
export interface LinkCase {
  readonly document: string;
  readonly file: string;
  readonly alt: string;
}

/** Arbitrary file names of Linux, and some that contain code or special characters. */
const name = fc
  .oneof(
    { weight: 3, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }) },
    { weight: 2, arbitrary: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 30 }) },
    // Control characters, which `fc.string` makes only in other units.
    fc
      .tuple(fc.constantFrom("", "a", "x y"), fc.constantFrom("\t", "\u0007", "\u001b[1m", "\u007f", "\u0085"))
      .map(([before, control]) => `${before}${control}b`),
    fc.constantFrom("javascript:alert(1)", "%2e%2e", "a b", "x)", '">', "#", "?", "&amp;", "\\", "http:", "`", "{{x}}"),
  )
  .filter((text) => !/[/\0]|^\.{1,2}$/u.test(text) && text.isWellFormed());

const folder = fc.array(name, { maxLength: 4 });

const prompt = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...[
            "<img src=x onerror=alert(1)>",
            "*b*",
            "_i_",
            "~~s~~",
            "&lt;",
            "&#60;",
            "`c`",
            "[l](u)",
            "](x)",
            "![",
            "\\",
          ],
          ...['"', "'", "{x}", "{{x}}", "<!--", "-->", "]]>", "</p>", "www.example.org", "http://example.org", ":-)"],
        ),
        fc.string({ unit: "grapheme-ascii", maxLength: 5 }),
      ),
      { maxLength: 12 },
    )
    .map((all) => all.join("")),
);

/** Document and file often share their first folders; neither contains the other. */
export const anyLink: fc.Arbitrary<LinkCase> = fc
  .record({ shared: folder, from: folder, to: folder, document: name, file: name, prompt })
  .map(({ shared, from, to, document, file, prompt: words }) => ({
    document: `/${[...shared, ...from, document].join("/")}`,
    file: `/${[...shared, ...to, file].join("/")}`,
    alt: altText(words),
  }))
  .filter(({ document, file }) => !`${document}/`.startsWith(`${file}/`) && !file.startsWith(`${document}/`));

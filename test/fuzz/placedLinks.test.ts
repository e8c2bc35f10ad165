import { expect, test } from "vitest";
import { linkForms } from "../../src/core/links/link.ts";
import { placeLinks } from "../../src/core/links/linkPlaces.ts";
import { compileAsciidoc, compileMdx, compileRest, hasDocutils } from "./linkCompilers.ts";

const restructuredtext = `Title
=====

A paragraph with *emphasis* and
a second line.

- An item
- Another item

  with a paragraph

1. One
2. Two

    A quote of
    two lines

Term
  Definition of the term.

.. note:: A note
   with text.

.. A comment
   goes on

::

  literal block

Code::

  more

+-----+-----+
| a   | b   |
+-----+-----+

Field
-----

:author: Me

Last line
`;

const asciidoc = `= Title
:imagesdir: images

A paragraph with *bold* and
a second line.

* An item
* Another item
+
with a paragraph

. One
.. Two

[quote]
____
A quote
____

Term:: Definition of the term

NOTE: A note

// A comment

----
literal block
----

|===
|a |b
|===

== Section

.Block title
Text

Last line
`;

const mdx = `# Title

A paragraph with *bold* and
a second line.

- An item
- Another item

  with a paragraph

> A quote
> goes on

| a | b |
| - | - |
| c | d |

{/* a comment */}

<div>
  text
</div>

\`\`\`js
code
\`\`\`

Last line
`;

/** The document with a link at each of its offsets, without repetitions. */
function withLink(languageId: string, text: string): readonly string[] {
  const link = linkForms(languageId, { path: "hut.png", alt: "A hut" });
  const all = Array.from({ length: text.length + 1 }, (_, offset) => {
    const { start, end, text: inserted } = placeLinks({ text, languageId, indentUnit: "  " }, offset, [link]);
    return text.slice(0, start) + inserted + text.slice(end);
  });
  return [...new Set(all)];
}

// Docutils is a package of Python, which npm cannot install.
test.skipIf(!hasDocutils)(
  "A link anywhere in reStructuredText is one image for Docutils, without a message",
  async () => {
    const documents = withLink("restructuredtext", restructuredtext);
    const all = await compileRest(documents);
    const found = all.map(({ elements }) =>
      elements.filter(({ name }) => /^(?:image|system_message|problematic)$/.test(name)),
    );
    const image = { name: "image", attributes: { uri: "hut.png", alt: "A hut" } };
    for (const [index, document] of documents.entries()) expect(found[index], document).toEqual([image]);
  },
);

test("A link anywhere in AsciiDoc is one image in the HTML of Asciidoctor", async () => {
  for (const document of withLink("asciidoc", asciidoc)) {
    const html = await compileAsciidoc(document);
    expect(html.match(/<img src="images\/hut\.png" alt="A hut">/g), document).toHaveLength(1);
  }
});

test("A link anywhere in MDX is one image of its compiled code", async () => {
  for (const document of withLink("mdx", mdx)) {
    const { elements } = await compileMdx(document);
    expect(
      elements.filter(({ name }) => name === "img"),
      document,
    ).toEqual([{ name: "img", attributes: { src: "hut.png", alt: "A hut" } }]);
  }
});

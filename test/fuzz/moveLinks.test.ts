import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LimnError } from "../../src/core/errors.ts";
import { linkMarkup } from "../../src/core/links/link.ts";
import { type LinkLanguage, linkLanguages } from "../../src/core/links/linkLanguages.ts";
import { mentionPattern } from "../../src/core/links/moving/mentions.ts";
import { movedPaths } from "../../src/core/links/moving/movedPath.ts";
import { rewriteLinks } from "../../src/core/links/moving/rewriteLinks.ts";
import { encodePath } from "../../src/core/links/percentEncode.ts";
import { readImageLinks } from "../../src/core/links/reading/readImageLinks.ts";
import { relativePath } from "../../src/core/links/relativePath.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";
import { anyLink } from "./anyLink.ts";
import { linkContexts } from "./linkContexts.ts";

/** The link as Limn writes it; `undefined` if the language has no way to name the file. */
function written(languageId: LinkLanguage, document: string, file: string): string | undefined {
  try {
    return linkMarkup(languageId, { path: encodePath(relativePath(document, file)), alt: "x" });
  } catch (error) {
    if (error instanceof LimnError) return undefined;
    throw error;
  }
}

describe("For any name of an image", () => {
  test.each(linkLanguages)("the search finds its links in %s", (languageId) => {
    fc.assert(
      fc.property(anyLink, ({ document, file }) => {
        const image = `${file}.png`;
        const markup = written(languageId, document, image);
        fc.pre(markup !== undefined);
        const pattern = mentionPattern([image.split("/").at(-1) ?? ""]);
        // Files are searched before their text is decoded.
        for (const text of [markup, Buffer.from(markup).toString("latin1")]) expect(text).toMatch(pattern);
      }),
      { numRuns: fuzzRuns },
    );
  });
});

describe("For any two places of an image", () => {
  test.each(linkLanguages)("its links in %s get the new path, and nothing else changes", (languageId) => {
    const [before, after] = linkContexts[languageId] ?? ["", ""];
    fc.assert(
      fc.property(anyLink, anyLink, ({ document, file: from }, { file: to }) => {
        // No file has the path of the document's folder.
        fc.pre(!document.startsWith(`${to}/`));
        const [markup, moved] = [written(languageId, document, from), written(languageId, document, to)];
        fc.pre(markup !== undefined);
        const text = `${before}${markup}${after}`;
        const [link] = readImageLinks(text, languageId);
        const place = { from: document, to: document };
        const [path] = link === undefined ? [] : movedPaths(link.path, languageId, place, { from, to });
        fc.pre(link !== undefined && path !== undefined);
        const [edit] = rewriteLinks({ text, languageId, read: readImageLinks }, [{ link, path }]);
        // A language that can name the file can name it here too.
        expect(edit === undefined).toBe(moved === undefined);
        if (edit === undefined) return;
        expect({ start: edit.start, end: edit.end }).toEqual(link.pathRange);
        const edited = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
        expect(readImageLinks(edited, languageId).map((one) => [one.path, one.alt])).toEqual([[path, link.alt]]);
      }),
      { numRuns: fuzzRuns },
    );
  });
});

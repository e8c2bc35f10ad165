import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { linkForms, linkMarkup } from "../../../../src/core/links/link.ts";
import { placeLinks } from "../../../../src/core/links/linkPlaces.ts";
import { readImageLinks } from "../../../../src/core/links/reading/readImageLinks.ts";
import { findSite, type SiteFiles } from "../../../../src/core/links/sites/findSite.ts";
import { imageElement } from "../../../../src/core/links/sites/imageElement.ts";
import { servedPlaces, siteLinkPath } from "../../../../src/core/links/sites/sitePaths.ts";
import { projects, projectsFolder } from "../../../projects/projects.ts";
import { languageOf } from "./languageOf.ts";

const files: SiteFiles = {
  names: (folder) => readdir(folder).catch(() => []),
  text: (file) => readFile(file, "utf8").catch(() => ""),
};

/** A document on disk with its site. */
async function openDocument(tool: string, path: string) {
  const document = { path: join(projectsFolder, tool, path), languageId: languageOf(path) };
  const site = await findSite(files, document.path, projectsFolder);
  if (site === undefined) throw new Error(`No site was found around ${document.path}.`);
  return { document, site, text: await readFile(document.path, "utf8") };
}

const size = { width: 40, height: 30 };

const documents = projects.flatMap(({ tool, documents }) => documents.map((document) => ({ tool, ...document })));

describe.each(documents)("In a project of $tool, $path", ({ tool, path, links, element, component }) => {
  test("contains the links that Limn writes", async () => {
    const { document, site, text } = await openDocument(tool, path);
    const read = readImageLinks(text, document.languageId).map((link) => link.path);
    expect(read).toEqual(links.map(([link]) => link));
    const written = links.map(([, file]) => siteLinkPath(site, document, join(projectsFolder, tool, file)));
    expect(written).toEqual(read);
    for (const path of written) {
      const found = imageElement(text, document.languageId, path, size, { tool: site.tool?.id, component });
      expect(found?.tag).toBe(element ?? (found?.code === undefined ? undefined : "img"));
      // Markup with an element is in the document as Limn writes it.
      const start = linkMarkup(document.languageId, { path, alt: "", element: found }).replace(/ alt=.*/s, "");
      if (found !== undefined) expect(text).toContain(start);
    }
  });

  test("links to files that Limn finds", async () => {
    const { document, site } = await openDocument(tool, path);
    for (const [link, file] of links) {
      const places = link.startsWith("/")
        ? servedPlaces(site, document, link).map((place) => place.file)
        : [join(document.path, "..", link)];
      expect(places.find((place) => existsSync(place))).toBe(join(projectsFolder, tool, file));
    }
  });
});

const chosen = documents.filter(({ component }) => component !== undefined);

test.each(chosen)("In a project of $tool, Limn inserts the $component of $path with its import", async (one) => {
  const { document, site, text } = await openDocument(one.tool, one.path);
  const [link = "", file = ""] = one.links[0] ?? [];
  const image = siteLinkPath(site, document, join(projectsFolder, one.tool, file));
  expect(image).toBe(link);
  // The document before the link is inserted.
  const [markup = ""] = new RegExp(`<${one.element}\\b.*>`).exec(text) ?? [];
  const before = text.replace(/^(?:---\n)?(?:import .*\n)+(?:---\n)?\n/, "").replace(markup, "");
  const [, alt = "", width = ""] = / alt="(.*?)" width="(\d+)"/.exec(markup) ?? [];
  const size = { width: Number(width), height: 10 };
  const { languageId } = document;
  const element = imageElement(before, languageId, link, size, { tool: site.tool?.id, component: one.component });
  const forms = linkForms(languageId, { path: link, alt, size, element });
  const cursor = text.indexOf(markup) - (text.replace(markup, "").length - before.length);
  const {
    start,
    end,
    text: inserted,
    imports,
  } = placeLinks({ text: before, languageId, indentUnit: "  " }, cursor, [forms]);
  const linked = before.slice(0, start) + inserted + before.slice(end);
  expect(linked.slice(0, imports?.start ?? 0) + (imports?.text ?? "") + linked.slice(imports?.end ?? 0)).toBe(text);
});

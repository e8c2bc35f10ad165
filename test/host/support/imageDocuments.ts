import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Uri } from "vscode";
import { uriInWorkspace } from "./files.ts";

/** Writes a file of the workspace and the folders around it. */
export async function write(path: string, content: string | Uint8Array): Promise<Uri> {
  const uri = uriInWorkspace(path);
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, content);
  return uri;
}

const attributes = 'alt="A red hut" width="1200" height="675"';

/**
 * Names and texts of documents that link to `hero.png` in a folder beside them, and name 1200 × 675
 * pixels if links of their language do.
 */
export const imageDocuments = [
  ["page.md", "# Huts\n\n![A red hut](images/hero.png)\n"],
  ["page.mdx", `# Huts\n\n<Image src="./images/hero.png" ${attributes} />\n`],
  ["page.html", `<h1>Huts</h1>\n<img src="images/hero.png" ${attributes}>\n`],
  ["Page.vue", `<template><img src="./images/hero.png" ${attributes}></template>\n`],
  ["Page.svelte", `<img src="./images/hero.png" ${attributes} />\n`],
  ["page.astro", `---\nconst a = 1;\n---\n<img src="./images/hero.png" ${attributes} />\n`],
  ["page.php", `<?php echo 1 ?><img src="images/hero.png" ${attributes}>\n`],
  ["page.hbs", `<img src="images/hero.png" ${attributes}>\n`],
  ["Page.jsx", `export const Page = () => <img src="./images/hero.png" ${attributes} />;\n`],
  ["Page.tsx", `export const Page = () => <img src="./images/hero.png" ${attributes} />;\n`],
  ["page.ts", 'import hero from "./images/hero.png";\n'],
  ["page.js", 'const hero = require("./images/hero.png");\n'],
  ["page.css", ".hero { background: url(images/hero.png) }\n"],
  ["page.scss", ".hero { &:hover { background: url('images/hero.png') } } // x\n"],
  ["page.less", ".hero { background: url('images/hero.png') }\n"],
  ["page.adoc", "== Huts\n\nimage::images/hero.png[A red hut,1200,675]\n"],
  ["page.rst", "Huts\n====\n\n.. image:: images/hero.png\n   :alt: A red hut\n   :width: 1200px\n   :height: 675px\n"],
  ["page.tex", "\\includegraphics{images/hero.png}\n"],
] as const;

// npm run projects [-- tool…]
//
// Builds each sample project with its own tool from npm, in a temporary folder, and checks in
// Chromium that the pages show the pictures that the documents link to. It takes minutes and the
// network, so CI runs the table test of these projects only (projects.test.ts).
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { runProgram } from "../../scripts/runProgram.ts";
import { launchChromium } from "../support/chromium.ts";
import { serveSite } from "./serveSite.ts";
import { projects, projectsFolder, type SampleProject } from "./projects.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** None of the tools may ask or report anything. */
const env = {
  ...process.env,
  ...{ CI: "1", DO_NOT_TRACK: "1", ASTRO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1" },
  NUXT_TELEMETRY_DISABLED: "1",
};

/** Runs npm in a folder. Throws with the end of its output if it fails. */
async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  const { code, output } = await runProgram("npm", args, { cwd: folder, env, quiet: true });
  if (code !== 0) throw new Error(`npm ${args.join(" ")} failed:\n${output.slice(-3000)}`);
}

/** The width of a PNG in pixels; each picture of a project has another one. */
const pngWidth = async (file: string): Promise<number> => (await readFile(file)).readUInt32BE(16);

/** The widths of all pictures that a page shows, in elements and as backgrounds. */
const shownWidths = (page: Page): Promise<readonly number[]> =>
  page.evaluate(async () => {
    const backgrounds = [...document.querySelectorAll("*")].map((element) => getComputedStyle(element).backgroundImage);
    const urls = backgrounds.flatMap((value) => [...value.matchAll(/url\("([^"]+)"\)/g)].map(([, url]) => url ?? ""));
    const all = [...urls, ...[...document.images].map(({ src }) => src)];
    const widthOf = (url: string) =>
      new Promise<number>((resolve) => {
        const image = new Image();
        image.onload = () => resolve(image.naturalWidth);
        image.onerror = () => resolve(0);
        image.src = url;
      });
    return Promise.all(all.map(widthOf));
  });

/** Pictures that a page should show within ten seconds, and does not. */
async function missingPictures(page: Page, project: string, files: readonly string[]): Promise<readonly string[]> {
  const wanted = await Promise.all(files.map(async (file) => ({ file, width: await pngWidth(join(project, file)) })));
  const end = Date.now() + 10_000;
  for (;;) {
    const shown = await shownWidths(page);
    const missing = wanted.filter(({ width }) => !shown.includes(width)).map(({ file }) => file);
    if (missing.length === 0 || Date.now() > end) return missing;
    await page.waitForTimeout(200);
  }
}

/** What is wrong with the built pages of a project. */
async function problemsOf({ base, output, documents }: SampleProject, folder: string, page: Page) {
  const origin = await serveSite(join(folder, output), base);
  const problems: string[] = [];
  for (const { path, page: shown, links } of documents) {
    if (shown === undefined) continue;
    await page.goto(`${origin}${base}${shown}`);
    const missing = await missingPictures(
      page,
      folder,
      links.map(([, file]) => file),
    );
    problems.push(...missing.map((file) => `${path}: the page ${shown} does not show ${file}`));
  }
  return problems;
}

/** The version of the tool that was installed. */
async function versionOf({ npmName }: SampleProject, folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, "node_modules", npmName, "package.json"), "utf8"));
  return String(version);
}

async function run(project: SampleProject, page: Page): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), `limn-${project.tool}-`));
  try {
    await cp(join(projectsFolder, project.tool), folder, { recursive: true });
    await npm(folder, "install", "--no-audit", "--no-fund");
    await npm(folder, "run", "build");
    const problems = await problemsOf(project, folder, page);
    const name = `${project.npmName} ${await versionOf(project, folder)}`;
    print([`${problems.length === 0 ? "✔" : "✖"} ${name}`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    return problems.length === 0;
  } catch (error) {
    print(`✖ ${project.tool}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const names = process.argv.slice(2);
const chosen = names.length === 0 ? projects : projects.filter(({ tool }) => names.includes(tool));
const browser = await launchChromium();
try {
  const page = await browser.newPage();
  for (const project of chosen) {
    if (!(await run(project, page))) process.exitCode = 1;
  }
} finally {
  await browser.close();
}

import { writeFile } from "node:fs/promises";
import { commands, type Hover, Position, Uri, workspace } from "vscode";
import { greyPng } from "../../support/greyPng.ts";

/** Hovers that are counted, and those before that load and compile the code. */
const [rounds, warmUps] = [15, 5];

/** Lines of the document. */
const lineCount = 5000;

/** Durations of a hover in milliseconds by the clock: at an image link, and at a text. */
export interface HoverTimes {
  readonly link: number;
  readonly text: number;
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const textOf = (hovers: readonly Hover[]): string =>
  hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");

/** Measures the hovers of all extensions in a long document of Markdown, at both places in turn. */
export async function measureHovers(): Promise<HoverTimes> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) throw new Error("The window has no folder.");
  await writeFile(Uri.joinPath(folder, "hut.png").fsPath, greyPng(64, 48, 128));
  const page = Uri.joinPath(folder, "long.md");
  const lines = Array.from({ length: lineCount }, (_, line) =>
    line % 10 === 5 ? "![A hut](hut.png)" : "Some *words* with **emphasis**, as prose has them.",
  );
  await writeFile(page.fsPath, lines.join("\n"));
  await workspace.openTextDocument(page);
  const measure = async (line: number, wanted: RegExp): Promise<number> => {
    const startedAt = performance.now();
    const hovers = await commands.executeCommand<readonly Hover[]>(
      "vscode.executeHoverProvider",
      page,
      new Position(line, 12),
    );
    const elapsed = performance.now() - startedAt;
    if (!wanted.test(textOf(hovers))) throw new Error(`The hover in line ${line} is “${textOf(hovers)}”.`);
    return elapsed;
  };
  const [link, text]: [number[], number[]] = [[], []];
  for (let round = -warmUps; round < rounds; round++) {
    const times = [await measure(2505, /64 × 48/), await measure(2500, /^$/)] as const;
    if (round >= 0) {
      link.push(times[0]);
      text.push(times[1]);
    }
  }
  return { link: medianOf(link), text: medianOf(text) };
}

import { readFile, writeFile } from "node:fs/promises";

/** Result of one kind of long run; the names are the column heads of the table. */
export interface LongRunRow {
  readonly kind: string;
  readonly runs: number;
  readonly kills: number;
  readonly faults: number;
  readonly bought: number;
  readonly lost: number;
  readonly doubled: number;
}

const columns = ["runs", "kills", "faults", "bought", "lost", "doubled"] as const;

const heading = "## Long runs";

/** Returns the rows and their sums as a Markdown table. */
export function longRunTable(rows: readonly LongRunRow[]): string {
  const sums = columns.map((column) => rows.reduce((sum, row) => sum + row[column], 0));
  const lines = [
    ["", ...columns],
    ["---", ...columns.map(() => "---:")],
    ...rows.map((row) => [row.kind, ...columns.map((column) => row[column])]),
    ["**together**", ...sums.map((sum) => `**${sum}**`)],
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Replaces the text under the heading of the long runs; the rest of the page stays. */
export async function writeLongRuns(path: string, text: string): Promise<void> {
  const page = await readFile(path, "utf8").catch(() => "# Reliability\n");
  const [before = "", ...rest] = page.split(`${heading}\n`);
  const next = rest.join("").search(/^## /m);
  const after = next < 0 ? "" : `\n${rest.join("").slice(next)}`;
  await writeFile(path, `${before.trimEnd()}\n\n${heading}\n\n${text.trim()}\n${after}`);
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toCsv } from "../../../src/core/money/csv.ts";
import { createStatement, statementCsv } from "../../../src/core/money/statement.ts";
import { openPaidJob, paidJob } from "../support/paidJob.ts";

/** Parses comma-separated values by RFC 4180; throws if a rule is broken. */
function readCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [[]];
  while (field.lastIndex < text.length) {
    const start = field.lastIndex;
    const [, quoted, unquoted = "", end] = field.exec(text) ?? [];
    if (end === undefined) {
      throw new Error(`This is no CSV, from ${start} on: ${JSON.stringify(text.slice(start, start + 40))}`);
    }
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? unquoted);
    if (end === "\r\n") {
      rows.push([]);
    }
  }
  return rows.slice(0, -1);
}

const byteOrderMark = "\uFEFF";
const nameOf = (workspace = "unknown") => workspace;

describe("Comma-separated values", () => {
  test("are parsed back unchanged, except that no text is a formula", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('a"b', "a,b", "a\r\nb", "=1+1", "+1", "-1", "@x", "\tx", ""));
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 5 }), { minLength: 1 }), (rows) => {
        const csv = toCsv(rows);
        expect(csv.startsWith(byteOrderMark)).toBe(true);
        const parsed = readCsv(csv.slice(1));
        expect(parsed.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
        expect(parsed.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, "")))).toEqual(
          rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ""))),
        );
      }),
    );
  });

  test("contain numbers as numbers, including negative ones", () => {
    expect(toCsv([[-0.5, "-0.5"]])).toBe(`${byteOrderMark}-0.5,'-0.5\r\n`);
  });
});

describe("A statement as CSV", () => {
  test("shows characters that would disguise what follows them", () => {
    expect(toCsv([["acme:\u202Ex", "\u2066=1"]])).toBe(`${byteOrderMark}acme:‹U+202E›x,‹U+2066›=1\r\n`);
  });

  const parsed = (...jobs: Parameters<typeof statementCsv>[0]) => {
    const [header = [], ...rows] = readCsv(statementCsv(jobs, nameOf).slice(1));
    return rows.map((row) => Object.fromEntries(row.map((cell, index) => [header[index], cell])));
  };

  test("has one row per job, with the billed cost and what may be added", () => {
    const createdAt = Date.UTC(2026, 1, 5, 23, 30);
    const [row] = parsed(
      paidJob({
        createdAt,
        taskUUID: "one",
        workspace: "file:///site",
        count: 4,
        costs: [0.028, 0.03, undefined],
        kept: 2,
      }),
    );
    expect(row).toEqual({
      time: "2026-02-05T23:30:00.000Z",
      day: "2026-02-05",
      workspace: "file:///site",
      model: "klingai:kling-image@3",
      size: "1024x1024",
      asked: "4",
      pictures: "3",
      kept: "2",
      state: "done",
      cost: "0.058",
      estimate: "0.056",
      taskUUID: "one",
    });
  });

  test("leaves an unknown cost empty, and the estimate empty if all costs are known", () => {
    expect(parsed(paidJob({ costs: [undefined] }))).toMatchObject([{ cost: "", estimate: "0.028" }]);
    expect(parsed(paidJob({ costs: [0] }))).toMatchObject([{ cost: "0", estimate: "" }]);
  });

  test("contains no prompts, no sandbox jobs and no refused jobs", () => {
    const refused = openPaidJob(1, { state: "failed", failures: [{ code: "x", message: "No.", billed: "no" }] });
    expect(parsed(paidJob({ endpoint: "sandbox" }), refused)).toEqual([]);
    expect(statementCsv([paidJob({ prompt: "A secret product" })], nameOf)).not.toContain("secret");
  });

  test("never contains a workspace name that is a formula", () => {
    const csv = statementCsv([paidJob({ workspace: "x" })], () => '=HYPERLINK("http://evil.example","x")');
    expect(readCsv(csv.slice(1))[1]?.[2]).toBe(`'=HYPERLINK("http://evil.example","x")`);
  });
});

test("A statement sorts days and months latest first, and the rest most expensive first", () => {
  const [may, june] = [Date.UTC(2026, 4, 31, 12), Date.UTC(2026, 5, 1, 12)];
  const jobs = [
    paidJob({ createdAt: may, workspace: "file:///a", costs: [0.028, 0.028], kept: 1 }),
    openPaidJob(1, { createdAt: june, workspace: "file:///b", state: "unknown" }),
    paidJob({ createdAt: june, costs: [0.5], model: "klingai:kling-image@o1" }),
  ];
  const { days, months, workspaces, models, all, unknown } = createStatement(jobs);
  expect(days.map(({ key }) => key)).toEqual(["2026-06-01", "2026-05-31"]);
  expect(months.map(({ key }) => key)).toEqual(["2026-06", "2026-05"]);
  expect(workspaces.map(({ key }) => key)).toEqual(["", "file:///a", "file:///b"]);
  expect(models.map(({ key }) => key)).toEqual(["klingai:kling-image@o1", "klingai:kling-image@3"]);
  expect(all).toMatchObject([
    { spending: { spent: 0.556, unknown: 0.028 }, jobCount: 3, pictureCount: 3, keptCount: 1 },
  ]);
  expect(unknown.map(({ taskUUID }) => taskUUID)).toEqual([jobs[1]?.taskUUID]);
});

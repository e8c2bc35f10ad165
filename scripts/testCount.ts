import { readFile, writeFile } from "node:fs/promises";

/** How many tests of a suite passed and failed. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

/** Returns the sum of several counts. */
export function sumTestCounts(testCounts: readonly TestCount[]): TestCount {
  return {
    passed: testCounts.reduce((total, { passed }) => total + passed, 0),
    failed: testCounts.reduce((total, { failed }) => total + failed, 0),
  };
}

/**
 * Reads the count that a suite has written to a file, in our own form or that of Vitest's JSON
 * reporter. Returns `undefined` if there is no such file.
 */
export async function readTestCount(file: string): Promise<TestCount | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return undefined;
  if ("numPassedTests" in value && "numFailedTests" in value) {
    const passed = Number(value.numPassedTests);
    const failed = Number(value.numFailedTests);
    // A file that cannot even be loaded has no tests, and counts as one failure.
    const broken = "success" in value && value.success === false && failed === 0;
    return { passed, failed: broken ? 1 : failed };
  }
  if ("passed" in value && "failed" in value) return { passed: Number(value.passed), failed: Number(value.failed) };
  return undefined;
}

/** Writes the count to `file`; does nothing if no file is named. */
export async function writeTestCount(file: string | undefined, testCount: TestCount): Promise<void> {
  if (file !== undefined) await writeFile(file, JSON.stringify(testCount));
}

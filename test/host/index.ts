import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format } from "node:util";
import { loadTests } from "virtual:host-tests";
import Mocha from "mocha";
import { sourcePositions } from "../support/host/sourcePositions.ts";

/** Prefix of the lines to print; the workbench writes other lines to the same console. */
const linePrefix = "limn-test│";

/** Result of a run; the runner reads it from the file that LIMN_TEST_REPORT names. */
interface HostReport {
  passed: number;
  failed: number;
}

/**
 * Runs every test/host/**\/*.test.ts inside the extension host. VS Code calls it through
 * `extensionTestsPath`, in the server and on the desktop.
 * @throws Error if a test failed.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: "bdd",
    timeout: process.env.LIMN_TEST_DEBUGGED === undefined ? 90_000 : 0,
    reporter: "spec",
    color: false,
  });
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => printTestLines(format(...values));
  console.log = Mocha.reporters.Base.consoleLog;
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  // Every test needs its hooks, which start the service and set the key.
  await import("./support/testService.ts");
  await loadTests();
  const report: HostReport = { passed: 0, failed: 0 };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", () => {
        report.passed += 1;
      })
      .on("fail", () => {
        report.failed += 1;
      });
  });
  const file = process.env.LIMN_TEST_REPORT;
  if (file !== undefined) await writeFile(file, JSON.stringify(report));
  if (report.failed > 0) throw new Error(`${report.failed} test(s) failed.`);
}

const consoleLog = console.log;

const toSourcePositions = sourcePositions(__filename, join(__dirname, "../../.."));

function printTestLines(text: string): void {
  for (const line of toSourcePositions(text).split("\n")) consoleLog(`${linePrefix}${line}`);
}

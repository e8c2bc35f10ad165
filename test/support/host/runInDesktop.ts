// npm run test:desktop [-- <part of a test file's path>…]: runs the host tests in a desktop VS
// Code: the one that VSCODE_EXECUTABLE names, or a downloaded one.
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { buildAll } from "../../../esbuild.mjs";
import { cache, root } from "../../../scripts/paths.ts";
import { copySample } from "../../../scripts/sampleSite.ts";
import { readTestCount } from "../../../scripts/testCount.ts";
import { startSandboxProcess } from "../sandboxProcess.ts";
import { temporaryFolder, writeWorkspaceFile } from "../temporaryFolder.ts";
import { bundleHostTests } from "./bundle.ts";
import { closeWorkFolder, createWorkFolder } from "./workFolder.ts";

const workFolder = await createWorkFolder("desktop");
const report = `${workFolder}/report.json`;

/** Returns the path of VS Code. Throws a message for the user if there is none. */
async function findVscode(): Promise<string> {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named !== undefined && named !== "") return named;
  try {
    return await downloadAndUnzipVSCode({ version: "stable", cachePath: `${cache}/vscode-desktop` });
  } catch (cause) {
    throw new Error(
      "A desktop VS Code could not be downloaded. Name an installed one in VSCODE_EXECUTABLE, or run “npm run test:host”, " +
        "which runs the same tests in the VS Code that comes from npm.",
      { cause },
    );
  }
}

async function runInDesktop(executable: string): Promise<number> {
  const temporary = await temporaryFolder();
  const sandbox = await startSandboxProcess({ log: `${workFolder}/sandbox.log` });
  try {
    await copySample(`${temporary.path}/workspace`);
    const workspace = await writeWorkspaceFile(temporary.path, "workspace");
    const isRoot = process.getuid?.() === 0;
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: `${workFolder}/host.js`,
      launchArgs: [
        ...[workspace, "--user-data-dir", `${temporary.path}/user`, "--extensions-dir", `${temporary.path}/extensions`],
        ...["--disable-workspace-trust", "--disable-telemetry", "--skip-welcome", "--disable-updates"],
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
      extensionTestsEnv: {
        LIMN_TEST_SANDBOX_URL: sandbox.url,
        LIMN_TEST_SANDBOX_KEY: sandbox.key,
        LIMN_TEST_REPORT: report,
        LIMN_TEST_USER_DATA: `${temporary.path}/user`,
        RUNWARE_API_KEY: undefined,
        TZ: "UTC",
      },
    });
  } finally {
    await sandbox.stop();
    await temporary.remove();
  }
}

try {
  const executable = await findVscode();
  await buildAll();
  await bundleHostTests(`${workFolder}/host.js`, process.argv.slice(2));
  process.exitCode = await runInDesktop(executable);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
const testCount = await readTestCount(report);
if (testCount === undefined) process.exitCode ||= 1;
else process.stdout.write(`desktop: ${testCount.passed} passed, ${testCount.failed} failed\n`);
await closeWorkFolder(workFolder, process.exitCode !== undefined && process.exitCode !== 0);
process.exit();

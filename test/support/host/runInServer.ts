// npm run test:host [-- <part of a test file's path>…]
import { createWriteStream } from "node:fs";
import { copyFile } from "node:fs/promises";
import { buildAll } from "../../../esbuild.mjs";
import { cache, root } from "../../../scripts/paths.ts";
import { copySample } from "../../../scripts/sampleSite.ts";
import { readTestCount, writeTestCount } from "../../../scripts/testCount.ts";
import { startServer } from "../../../scripts/vscodeServer.ts";
import { quietSettings } from "../../../scripts/vscodeSettings.ts";
import { certificateAuthorityIn, createCertificateAuthority } from "../certificateAuthority.ts";
import { startSandboxProcess } from "../sandboxProcess.ts";
import { temporaryFolder, writeWorkspaceFile } from "../temporaryFolder.ts";
import { bundleHostTests } from "./bundle.ts";
import { driveHostTests, inspectorPort } from "./drive.ts";
import { closeWorkFolder, createWorkFolder } from "./workFolder.ts";

const isDebugged = inspectorPort !== undefined;
const limitMs = (isDebugged ? 24 * 60 : 25) * 60_000;
const workFolder = await createWorkFolder("host");
const report = `${workFolder}/report.json`;

const filters = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const temporary = await temporaryFolder();

try {
  if (process.env.LIMN_DIST_IS_BUILT === undefined) await buildAll({ sourcemap: isDebugged });
  await bundleHostTests(`${workFolder}/host.js`, filters);
  await copySample(`${temporary.path}/workspace`);
  const authority = `${temporary.path}/authority`;
  await createCertificateAuthority(authority);
  const sandbox = await startSandboxProcess({ log: `${workFolder}/sandbox.log` });
  try {
    const server = await startServer({
      folder: `${temporary.path}/server`,
      settings: quietSettings,
      env: {
        ...(isDebugged ? { LIMN_TEST_DEBUGGED: "1" } : {}),
        LIMN_TEST_SANDBOX_URL: sandbox.url,
        LIMN_TEST_SANDBOX_KEY: sandbox.key,
        LIMN_TEST_REPORT: report,
        LIMN_TEST_AUTHORITY: authority,
        // OpenSSL, and so Node, trusts only the test authority.
        SSL_CERT_FILE: certificateAuthorityIn(authority).rootCertificate,
        LIMN_TEST_USER_DATA: `${temporary.path}/server/data`,
      },
    });
    try {
      const log = createWriteStream(`${cache}/test/workbench.log`);
      const workspace = await writeWorkspaceFile(temporary.path, "workspace");
      process.exitCode = await driveHostTests({
        server,
        extension: root,
        bundle: `${workFolder}/host.js`,
        workspace,
        log,
        limitMs,
      });
    } catch (error) {
      process.stderr.write(`The server's last lines:\n${server.tail()}\n`);
      throw error;
    } finally {
      await server.stop();
      await copyFile(`${temporary.path}/server/server.log`, `${workFolder}/server.log`);
    }
  } finally {
    await sandbox.stop();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

// A run without a report has failed, even if VS Code's exit code is 0.
const testCount = (await readTestCount(report)) ?? { passed: 0, failed: 1 };
if (testCount.failed > 0) process.exitCode = 1;
await writeTestCount(process.env.LIMN_TEST_COUNT, testCount);
process.stdout.write(`host: ${testCount.passed} passed, ${testCount.failed} failed\n`);
await temporary.remove();
await closeWorkFolder(workFolder, process.exitCode !== 0);

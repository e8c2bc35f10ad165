// npm run test:host [-- <part of a test file's path>…]
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { buildAll } from "../../../esbuild.mjs";
import { authorityIn, createAuthority } from "../authority.ts";
import { cache, root } from "../paths.ts";
import { startSandboxProcess } from "../sandbox.ts";
import { readTally, writeTally } from "../tally.ts";
import { startServer } from "../vscode.ts";
import { copySample, temporaryFolder, writeWorkspaceFile } from "../workspace.ts";
import { bundleHostTests } from "./bundle.ts";
import { driveHostTests } from "./drive.ts";
import { quietSettings } from "./settings.ts";

const limitMs = 25 * 60_000;
const work = `${cache}/test/host-${process.pid}`;
const report = `${work}/report.json`;

const filters = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const temporary = await temporaryFolder();

try {
  await mkdir(work, { recursive: true });
  await buildAll();
  await bundleHostTests(`${work}/host.js`, filters);
  await copySample(`${temporary.path}/workspace`);
  const authority = `${temporary.path}/authority`;
  await createAuthority(authority);
  const sandbox = await startSandboxProcess({ log: `${temporary.path}/sandbox.log` });
  try {
    const server = await startServer({
      folder: `${temporary.path}/server`,
      settings: quietSettings,
      env: {
        LIMN_TEST_SANDBOX_URL: sandbox.url,
        LIMN_TEST_SANDBOX_KEY: sandbox.key,
        LIMN_TEST_REPORT: report,
        LIMN_TEST_AUTHORITY: authority,
        // What this computer trusts, as OpenSSL and so Node reads it: the test authority alone.
        SSL_CERT_FILE: authorityIn(authority).root,
        LIMN_TEST_USER_DATA: `${temporary.path}/server/data`,
      },
    });
    try {
      const log = createWriteStream(`${cache}/test/workbench.log`);
      const workspace = await writeWorkspaceFile(temporary.path, "workspace");
      process.exitCode = await driveHostTests({
        server,
        extension: root,
        bundle: `${work}/host.js`,
        workspace,
        log,
        limitMs,
      });
    } catch (error) {
      process.stderr.write(`The server's last lines:\n${server.tail()}\n`);
      throw error;
    } finally {
      await server.stop();
    }
  } finally {
    await sandbox.stop();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

// A run that reports nothing has failed, whatever VS Code told.
const tally = (await readTally(report)) ?? { passed: 0, failed: 1 };
if (tally.failed > 0) process.exitCode = 1;
await writeTally(process.env.LIMN_TALLY, tally);
process.stdout.write(`host: ${tally.passed} passed, ${tally.failed} failed\n`);
await temporary.remove();
await rm(work, { recursive: true, force: true });

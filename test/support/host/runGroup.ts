import { createWriteStream } from "node:fs";
import { copyFile } from "node:fs/promises";
import { root } from "../../../scripts/paths.ts";
import { copySample } from "../../../scripts/sampleSite.ts";
import { readTestCount, type TestCount } from "../../../scripts/testCount.ts";
import { startServer } from "../../../scripts/vscodeServer.ts";
import { quietSettings } from "../../../scripts/vscodeSettings.ts";
import { certificateAuthorityIn, createCertificateAuthority } from "../certificateAuthority.ts";
import { startSandboxProcess } from "../sandboxProcess.ts";
import { type TemporaryFolder, temporaryFolder, writeWorkspaceFile } from "../temporaryFolder.ts";
import { bundleHostTests } from "./bundle.ts";
import { driveHostTests, inspectorPort } from "./drive.ts";

/** Test files of test/host that run in one VS Code, one after the other. */
export interface HostGroup {
  readonly files: readonly string[];
  /** The bundle and the logs go to this folder, with the name in their names. */
  readonly workFolder: string;
  readonly name: string;
  /** Receives the lines of the tests. */
  readonly print: (line: string) => void;
  /** Maximum duration, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Runs a group of the host tests, with its own server, sandbox and storage. A run that ends without
 * a report counts as one failed test. Never rejects.
 */
export async function runGroup({ files, workFolder, name, print, limitMs }: HostGroup): Promise<TestCount> {
  const report = `${workFolder}/report-${name}.json`;
  const bundle = `${workFolder}/host-${name}.js`;
  let hasFailed = false;
  let temporary: TemporaryFolder | undefined;
  try {
    temporary = await temporaryFolder();
    await bundleHostTests(bundle, files);
    await copySample(`${temporary.path}/workspace`);
    const authority = `${temporary.path}/authority`;
    await createCertificateAuthority(authority);
    const sandbox = await startSandboxProcess({ log: `${workFolder}/sandbox-${name}.log` });
    try {
      const server = await startServer({
        folder: `${temporary.path}/server`,
        settings: quietSettings,
        env: {
          ...(inspectorPort === undefined ? {} : { LIMN_TEST_DEBUGGED: "1" }),
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
        const log = createWriteStream(`${workFolder}/workbench-${name}.log`);
        const workspace = await writeWorkspaceFile(temporary.path, "workspace");
        hasFailed = (await driveHostTests({ server, extension: root, bundle, workspace, print, log, limitMs })) !== 0;
      } catch (error) {
        print(`The server's last lines:\n${server.tail()}\n`);
        throw error;
      } finally {
        await server.stop();
        await copyFile(`${temporary.path}/server/server.log`, `${workFolder}/server-${name}.log`);
      }
    } finally {
      await sandbox.stop();
    }
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    hasFailed = true;
  }
  await temporary?.remove().catch((error: unknown) => print(String(error)));
  // A run without a report has failed, even if VS Code's exit code is 0.
  const counted = (await readTestCount(report).catch(() => undefined)) ?? { passed: 0, failed: 1 };
  return hasFailed && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

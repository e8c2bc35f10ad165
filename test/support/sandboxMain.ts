// node test/support/sandboxMain.ts DELAY: see `startSandboxProcess`. It is
// `src/sandbox/main.ts --strict`, but one drawing serves all pictures of a size and format.
import { startSandboxServer } from "../../src/sandbox/server.ts";
import { quickSandboxDeps } from "./sandboxDeps.ts";

const sandbox = await startSandboxServer({
  ...quickSandboxDeps,
  delay: Number(process.argv[2]),
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify({ url: sandbox.url, key: sandbox.key })}\n`);

async function stop(): Promise<void> {
  await sandbox.close();
  await quickSandboxDeps.imaging.dispose();
}
process.once("SIGTERM", stop).once("SIGINT", stop);

import { parseArgs } from "node:util";
import { startSandboxServer } from "./server.ts";
import { sandboxDepsFromSources } from "./tasks/sandboxDeps.ts";

// `node src/sandbox/main.ts --port N [--key K] [--delay MS] [--strict]`: writes one JSON line to
// stdout when it is ready, then nothing until a signal ends it.

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined || /^\d+$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new Error(`--${name} takes a whole number, not '${text}'.`);
}

async function main(): Promise<void> {
  const string = { type: "string" } as const;
  const options = {
    port: string,
    key: string,
    delay: string,
    balance: string,
    state: string,
    strict: { type: "boolean" } as const,
  };
  const { values } = parseArgs({ options });
  const [port, delay] = [wholeNumber("port", values.port), wholeNumber("delay", values.delay)];
  const balance = wholeNumber("balance", values.balance);
  const { imaging, fonts } = sandboxDepsFromSources();
  const sandbox = await startSandboxServer({
    imaging,
    fonts,
    lenient: values.strict !== true,
    ...(port === undefined ? {} : { port }),
    ...(delay === undefined ? {} : { delay }),
    ...(balance === undefined ? {} : { balance }),
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${JSON.stringify({ url: sandbox.url, key: sandbox.key })}\n`);
  async function stop(): Promise<void> {
    await sandbox.close();
    await imaging.dispose();
  }
  process.once("SIGTERM", stop).once("SIGINT", stop);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

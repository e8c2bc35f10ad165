import assert from "node:assert/strict";
import { window } from "vscode";
import { createKeyStore } from "../../../src/host/connection/keyStore.ts";
import { createSecondContext } from "../support/limnContext.ts";
import { useKey } from "../support/testService.ts";

/** Milliseconds that a read takes, and the key that it resolves with. */
async function readTimed(read: () => Promise<{ readonly key: string } | undefined>) {
  const start = performance.now();
  const key = (await read())?.key;
  return { key, ms: performance.now() - start };
}

describe("the key in the environment", () => {
  it("is used if the secret storage does not answer, and only the first reading waits for that", async () => {
    useKey("key of the environment");
    const { context, close } = await createSecondContext();
    const log = window.createOutputChannel("limn-test.keyStore", { log: true });
    const { read } = createKeyStore(context, log);
    const [first, second] = [await readTimed(read), await readTimed(read)];
    assert.deepEqual([first.key, second.key], ["key of the environment", "key of the environment"]);
    assert.ok(second.ms < first.ms / 10, `The first reading took ${first.ms} ms, the second one ${second.ms} ms.`);
    log.dispose();
    await close();
  });
});

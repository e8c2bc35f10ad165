import assert from "node:assert/strict";
import { createThrottle } from "../../../src/host/ui/throttle.ts";
import { waitUntil } from "../support/commands.ts";

describe("the feed of snapshots", () => {
  it("merges requests and runs one at a time", async () => {
    const gates: (() => void)[] = [];
    let [running, mostRunning] = [0, 0];
    const request = createThrottle(
      async () => {
        mostRunning = Math.max(mostRunning, ++running);
        await new Promise<void>((resolve) => gates.push(resolve));
        running--;
      },
      () => assert.fail(),
    );
    for (let count = 0; count < 100; count++) {
      request();
    }
    await waitUntil("the first runs", async () => gates.length === 1);
    request();
    request();
    gates[0]?.();
    await waitUntil("the second runs", async () => gates.length === 2);
    gates[1]?.();
    await waitUntil("none runs", async () => running === 0);
    assert.deepEqual([gates.length, mostRunning], [2, 1]);
  });

  it("continues after a failure", async () => {
    const failures: unknown[] = [];
    let sent = 0;
    const request = createThrottle(
      async () => {
        if (++sent === 1) {
          throw new Error("gone");
        }
      },
      (error) => failures.push(error),
    );
    request();
    await waitUntil("the first has failed", async () => failures.length === 1);
    request();
    await waitUntil("the second has run", async () => sent === 2);
  });
});

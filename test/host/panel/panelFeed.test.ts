import assert from "node:assert/strict";
import { createThrottle } from "../../../src/host/ui/throttle.ts";
import { waitUntil } from "../support/commands.ts";

describe("the feed of snapshots", () => {
  it("makes one of many requests, and has one on its way at a time", async () => {
    const gates: (() => void)[] = [];
    let [under, most] = [0, 0];
    const request = createThrottle(
      async () => {
        most = Math.max(most, ++under);
        await new Promise<void>((resolve) => gates.push(resolve));
        under--;
      },
      () => assert.fail(),
    );
    for (let asked = 0; asked < 100; asked++) {
      request();
    }
    await waitUntil("the first is on its way", async () => gates.length === 1);
    request();
    request();
    gates[0]?.();
    await waitUntil("the second is on its way", async () => gates.length === 2);
    gates[1]?.();
    await waitUntil("it has come to rest", async () => under === 0);
    assert.deepEqual([gates.length, most], [2, 1]);
  });

  it("goes on after one that failed", async () => {
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
    await waitUntil("it has failed", async () => failures.length === 1);
    request();
    await waitUntil("it has gone on", async () => sent === 2);
  });
});

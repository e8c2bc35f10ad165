import { expect, onTestFinished, test, vi } from "vitest";
import { createJobRequest, neverAborted, setUp } from "./support/setUp.ts";

/** Counts the turns of the event loop. */
function countEventLoopTurns(): () => number {
  let turns = 0;
  let next: NodeJS.Immediate;
  const turn = () => {
    turns++;
    next = setImmediate(turn);
  };
  next = setImmediate(turn);
  onTestFinished(() => clearImmediate(next));
  return () => turns;
}

/** Appends a megabyte to the picture in an answer: bytes behind a picture's end are harmless. */
const padded = (body: string): string =>
  body.replace(/(?<="imageBase64Data":")[^"]+/, (base64) =>
    Buffer.concat([Buffer.from(base64, "base64"), Buffer.alloc(1_000_000)]).toString("base64"),
  );

test("A base64 picture is decoded as it arrives and yields to the event loop between pieces", async () => {
  const { faultProxy, environment } = await setUp();
  const turns = countEventLoopTurns();
  const [at, sizes] = [new Set<number>(), { parsed: 0, decoded: 0 }];
  const parse = JSON.parse;
  faultProxy.setRule(() => ({ change: padded }));
  const jobs = await environment.openWindow({
    ...environment.ports,
    decodeBase64(text) {
      at.add(turns());
      sizes.decoded = Math.max(sizes.decoded, text.length);
      return environment.ports.decodeBase64(text);
    },
  });
  vi.spyOn(JSON, "parse").mockImplementation((text: string, revive) => {
    // The proxy and the sandbox parse whole answers too, but without a reviver.
    sizes.parsed = Math.max(sizes.parsed, revive === undefined ? 0 : text.length);
    return parse(text, revive);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  const { files } = await jobs.buy(
    createJobRequest(environment, { outputType: "base64Data", deliveryMethod: "sync" }),
    neverAborted,
  );
  expect(files).toHaveLength(1);
  expect(at.size).toBeGreaterThan(3);
  expect(sizes.decoded).toBeLessThan(500_000);
  expect(sizes.parsed).toBeLessThan(10_000);
});

import { expect, onTestFinished, test, vi } from "vitest";
import { never, openHouse, order } from "./support/setUp.ts";

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

/**
 * Makes the picture in an answer longer by a megabyte: what follows a picture's end does no harm.
 */
const padded = (body: string): string =>
  body.replace(/(?<="imageBase64Data":")[^"]+/, (base64) =>
    Buffer.concat([Buffer.from(base64, "base64"), Buffer.alloc(1_000_000)]).toString("base64"),
  );

test("A picture that comes as text is decoded piece by piece as it comes, with turns for others in between", async () => {
  const { front, world } = await openHouse();
  const turns = countEventLoopTurns();
  const [at, sizes] = [new Set<number>(), { parsed: 0, decoded: 0 }];
  const parse = JSON.parse;
  front.setRule(() => ({ change: padded }));
  const jobs = await world.open({
    ...world.ports,
    decodeBase64(text) {
      at.add(turns());
      sizes.decoded = Math.max(sizes.decoded, text.length);
      return world.ports.decodeBase64(text);
    },
  });
  vi.spyOn(JSON, "parse").mockImplementation((text: string, revive) => {
    // The front and the sandbox parse whole answers too: they give no reviver.
    sizes.parsed = Math.max(sizes.parsed, revive === undefined ? 0 : text.length);
    return parse(text, revive);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  const { files } = await jobs.buy(order(world, { outputType: "base64Data", deliveryMethod: "sync" }), never);
  expect(files).toHaveLength(1);
  expect(at.size).toBeGreaterThan(3);
  expect(sizes.decoded).toBeLessThan(500_000);
  expect(sizes.parsed).toBeLessThan(10_000);
});

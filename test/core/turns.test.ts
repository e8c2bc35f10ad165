import { expect, onTestFinished, test, vi } from "vitest";
import { never, openHouse, order } from "./support.ts";

/** Counts the turns of the event loop. */
function countTurns(): () => number {
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

/** Makes the picture in an answer longer by a megabyte: what follows a picture's end does no harm. */
const padded = (body: string): string =>
  body.replace(/(?<="imageBase64Data":")[^"]+/, (base64) =>
    Buffer.concat([Buffer.from(base64, "base64"), Buffer.alloc(1_000_000)]).toString("base64"),
  );

test("A picture that comes as text is read, parsed and decoded with turns for others in between", async () => {
  const { world } = await openHouse();
  const turns = countTurns();
  const at = { read: 0, parsed: 0, decoded: 0 };
  const parse = JSON.parse;
  vi.spyOn(JSON, "parse").mockImplementation((text: string, revive) => {
    at.parsed = text.length > 1_000_000 ? turns() : at.parsed;
    return parse(text, revive);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  const jobs = await world.open({
    ...world.ports,
    async fetch(url, init) {
      const answer = await world.ports.fetch(url, init);
      const text = new TextEncoder().encode(padded(await answer.text()));
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(text),
        pull(controller) {
          at.read = turns();
          controller.close();
        },
      });
      return new Response(body, answer);
    },
    decodeBase64(text) {
      at.decoded = turns();
      return world.ports.decodeBase64(text);
    },
  });
  const { files } = await jobs.buy(order(world, { outputType: "base64Data", deliveryMethod: "sync" }), never);
  expect(files).toHaveLength(1);
  expect(at.read).toBeGreaterThan(0);
  expect(at.parsed).toBeGreaterThan(at.read);
  expect(at.decoded).toBeGreaterThan(at.parsed);
});

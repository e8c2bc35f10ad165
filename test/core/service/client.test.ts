import { describe, expect, onTestFinished, test } from "vitest";
import { checkKey, fetchBalance } from "../../../src/core/service/account.ts";
import { post, TransportError } from "../../../src/core/service/client.ts";
import { readRetryAfter } from "../../../src/core/service/retryAfter.ts";
import { type ProxyAction, startFaultProxy } from "../../support/faultProxy.ts";
import { bodyFaults } from "../../support/faults/bodies.ts";
import { wireFaults } from "../../support/faults/wire.ts";
import { never, openSandbox, openWorld } from "../support/setUp.ts";

const noon = Date.UTC(2026, 1, 5, 12);
const task = { taskType: "ping" };
const callOptions = { signal: never, idleTimeout: 5000 };

async function openFaultProxy(deed: ProxyAction = {}) {
  const { url, key } = await openSandbox();
  const faultProxy = await startFaultProxy(url);
  onTestFinished(() => faultProxy.close());
  faultProxy.setRule(() => deed);
  const world = await openWorld({ url: faultProxy.url, key });
  faultProxy.onHang(world.line.hang);
  return { front: faultProxy, world, endpoint: { name: "sandbox", url: faultProxy.url, key } };
}

describe("Retry-After", () => {
  test.each([
    [null, undefined],
    ["0", 0],
    ["7", 7000],
    [" 120 ", 120_000],
    ["Thu, 05 Feb 2026 12:00:30 GMT", 30_000],
    ["Thu, 05 Feb 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
  ])("%j means %s ms", (header, ms) => {
    expect(readRetryAfter(header, noon)).toBe(ms);
  });
});

describe("A call", () => {
  test("sends the key in its header and nowhere else", async () => {
    const { front, world, endpoint } = await openFaultProxy();
    await post(world.ports, endpoint, [task], callOptions);
    expect(front.requests[0]?.headers.authorization).toBe(`Bearer ${endpoint.key}`);
    expect(front.requests[0]?.path).toBe("/v1");
    expect(front.requests[0]?.body).toBe('[{"taskType":"ping"}]');
  });

  test("does not carry the key along a redirect", async () => {
    const otherProxy = await openFaultProxy();
    const { world, endpoint } = await openFaultProxy({
      answer: { status: 307, body: "", headers: { location: otherProxy.endpoint.url } },
    });
    expect(await post(world.ports, endpoint, [task], callOptions)).toMatchObject({ status: 307, answer: undefined });
    expect(otherProxy.front.requests).toEqual([]);
  });

  test("that finds nobody listening has sent nothing", async () => {
    const { front, world, endpoint } = await openFaultProxy();
    await front.close();
    await expect(post(world.ports, endpoint, [task], callOptions)).rejects.toMatchObject({ mayHaveBeenSent: false });
  });

  test("to an address that is none has sent nothing", async () => {
    const { world, endpoint } = await openFaultProxy();
    const invalidEndpoint = { ...endpoint, url: "not an address" };
    await expect(post(world.ports, invalidEndpoint, [task], callOptions)).rejects.toMatchObject({
      mayHaveBeenSent: false,
    });
  });

  test("that is cut may have been heard", async () => {
    const { world, endpoint } = await openFaultProxy({ cut: "before" });
    await expect(post(world.ports, endpoint, [task], callOptions)).rejects.toMatchObject({ mayHaveBeenSent: true });
  });

  test("that is not answered in time may have been heard", async () => {
    const { world, endpoint } = await openFaultProxy({ hang: "before" });
    const call = post(world.ports, endpoint, [task], callOptions);
    await expect(call).rejects.toThrow(TransportError);
    await expect(call).rejects.toMatchObject({ mayHaveBeenSent: true, message: "no data for 5 s" });
    expect(world.line.waiting()).toBe(0);
  });

  test("on a connection that broke while it was open may have been heard, whatever the system calls the fault", async () => {
    const { world, endpoint } = await openFaultProxy();
    const broken = Object.assign(new Error("read EHOSTUNREACH"), { code: "EHOSTUNREACH", syscall: "read" });
    const ports = { ...world.ports, fetch: () => Promise.reject(new TypeError("fetch failed", { cause: broken })) };
    await expect(post(ports, endpoint, [task], callOptions)).rejects.toMatchObject({ mayHaveBeenSent: true });
  });

  test("that is stopped ends in silence", async () => {
    const { world, endpoint } = await openFaultProxy({ holdUntil: new Promise(() => undefined) });
    const controller = new AbortController();
    const call = post(world.ports, endpoint, [task], { signal: controller.signal, idleTimeout: 5000 });
    controller.abort();
    await expect(call).rejects.toMatchObject({ kind: "stopped" });
  });

  test.each(["line\nbreak", "emoji-🦢"])("with the unfit key %j says so without repeating it", async (key) => {
    const { front, world, endpoint } = await openFaultProxy();
    const error: unknown = await post(world.ports, { ...endpoint, key }, [task], callOptions).catch((reason) => reason);
    expect(error).toMatchObject({ kind: "key", billed: "no" });
    expect(`${error} ${JSON.stringify(error)} ${world.lines.join()}`).not.toContain(key);
    expect(front.requests).toEqual([]);
  });
});

describe("The account", () => {
  test("takes the right key and refuses a wrong one", async () => {
    const { world, endpoint } = await openFaultProxy();
    await expect(checkKey(world.ports, endpoint, never)).resolves.toBeUndefined();
    const wrong = checkKey(world.ports, { ...endpoint, key: "wrong" }, never);
    await expect(wrong).rejects.toMatchObject({ kind: "key" });
  });

  test.each(["number", "object"] as const)("tells its balance, as %s", async (balanceForm) => {
    const { url, key } = await openSandbox({ balance: 42, balanceFormat: balanceForm });
    const { ports } = await openWorld({ url, key });
    expect(await fetchBalance(ports, { name: "sandbox", url, key }, never)).toBe(42);
  });

  test("tells no balance where the answer has none", async () => {
    const { world, endpoint } = await openFaultProxy({
      answer: { status: 200, body: '{"data":[{"balance":"much"}]}' },
    });
    expect(await fetchBalance(world.ports, endpoint, never)).toBeUndefined();
  });

  test("that cannot be reached is said to be offline", async () => {
    const { front, world, endpoint } = await openFaultProxy();
    await front.close();
    await expect(checkKey(world.ports, endpoint, never)).rejects.toMatchObject({ kind: "offline", billed: "no" });
  });
});

describe("A fault at a free call", () => {
  const rows = Object.entries({ ...wireFaults, ...bodyFaults }).flatMap(([name, { action: deed, msPerPiece: slow }]) =>
    deed === undefined ? [] : [{ name, deed, slow }],
  );

  test.each(rows)("is never said to have cost anything: $name", async ({ deed, slow = 0 }) => {
    const { front, world, endpoint } = await openFaultProxy();
    front.setRule((seen) => ({ ...deed(seen) }));
    world.line.slowDown(slow);
    for (const ask of [checkKey, fetchBalance]) {
      const end: unknown = await ask(world.ports, endpoint, never).catch((error: unknown) => error);
      if (end instanceof Error) {
        expect(end).toMatchObject({ name: "LimnError", billed: "no", message: expect.not.stringContaining("billed") });
      }
    }
    expect(world.line.waiting()).toBe(0);
  });

  test.each(["a page of HTML", "an empty body", "cut JSON", "JSON of something else", "a redirect to elsewhere"])(
    "does not take a key for a good one: %s",
    async (name) => {
      const { action: deed } = { ...wireFaults, ...bodyFaults }[name] ?? {};
      const { front, world, endpoint } = await openFaultProxy();
      front.setRule((seen) => deed?.(seen));
      await expect(checkKey(world.ports, endpoint, never)).rejects.toMatchObject({ billed: "no" });
    },
  );
});

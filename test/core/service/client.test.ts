import { describe, expect, onTestFinished, test } from "vitest";
import { checkKey, fetchBalance } from "../../../src/core/service/account.ts";
import { post, TransportError } from "../../../src/core/service/client.ts";
import { readRetryAfter } from "../../../src/core/service/retryAfter.ts";
import { type ProxyAction, startFaultProxy } from "../../support/faultProxy.ts";
import { bodyFaults } from "../../support/faults/bodies.ts";
import { wireFaults } from "../../support/faults/wire.ts";
import { createEnvironment, neverAborted, openSandbox } from "../support/setUp.ts";

const noon = Date.UTC(2026, 1, 5, 12);
const task = { taskType: "ping" };
const callOptions = { signal: neverAborted, idleTimeout: 5000 };

async function openFaultProxy(action: ProxyAction = {}) {
  const { url, key } = await openSandbox();
  const faultProxy = await startFaultProxy(url);
  onTestFinished(() => faultProxy.close());
  faultProxy.setRule(() => action);
  const environment = await createEnvironment({ url: faultProxy.url, key });
  faultProxy.onHang(environment.fetchTiming.expireTimeout);
  return { faultProxy, environment, endpoint: { name: "sandbox", url: faultProxy.url, key } };
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
  ])("%j is %s ms", (header, ms) => {
    expect(readRetryAfter(header, noon)).toBe(ms);
  });
});

describe("A call", () => {
  test("sends the key in its header and nowhere else", async () => {
    const { faultProxy, environment, endpoint } = await openFaultProxy();
    await post(environment.ports, endpoint, [task], callOptions);
    expect(faultProxy.requests[0]?.headers.authorization).toBe(`Bearer ${endpoint.key}`);
    expect(faultProxy.requests[0]?.path).toBe("/v1");
    expect(faultProxy.requests[0]?.body).toBe('[{"taskType":"ping"}]');
  });

  test("does not send the key to a redirect", async () => {
    const otherProxy = await openFaultProxy();
    const { environment, endpoint } = await openFaultProxy({
      answer: { status: 307, body: "", headers: { location: otherProxy.endpoint.url } },
    });
    expect(await post(environment.ports, endpoint, [task], callOptions)).toMatchObject({
      status: 307,
      answer: undefined,
    });
    expect(otherProxy.faultProxy.requests).toEqual([]);
  });

  test("to a closed port has sent nothing", async () => {
    const { faultProxy, environment, endpoint } = await openFaultProxy();
    await faultProxy.close();
    await expect(post(environment.ports, endpoint, [task], callOptions)).rejects.toMatchObject({
      mayHaveBeenSent: false,
    });
  });

  test("to an invalid URL has sent nothing", async () => {
    const { environment, endpoint } = await openFaultProxy();
    const invalidEndpoint = { ...endpoint, url: "not an address" };
    await expect(post(environment.ports, invalidEndpoint, [task], callOptions)).rejects.toMatchObject({
      mayHaveBeenSent: false,
    });
  });

  test("that is cut may have been received", async () => {
    const { environment, endpoint } = await openFaultProxy({ cut: "before" });
    await expect(post(environment.ports, endpoint, [task], callOptions)).rejects.toMatchObject({
      mayHaveBeenSent: true,
    });
  });

  test("that times out may have been received", async () => {
    const { environment, endpoint } = await openFaultProxy({ hang: "before" });
    const call = post(environment.ports, endpoint, [task], callOptions);
    await expect(call).rejects.toThrow(TransportError);
    await expect(call).rejects.toMatchObject({ mayHaveBeenSent: true, message: "no data for 5 s" });
    expect(environment.fetchTiming.pendingCount()).toBe(0);
  });

  test("on a broken open connection may have been received, whatever the system's error code", async () => {
    const { environment, endpoint } = await openFaultProxy();
    const broken = Object.assign(new Error("read EHOSTUNREACH"), { code: "EHOSTUNREACH", syscall: "read" });
    const ports = {
      ...environment.ports,
      fetch: () => Promise.reject(new TypeError("fetch failed", { cause: broken })),
    };
    await expect(post(ports, endpoint, [task], callOptions)).rejects.toMatchObject({ mayHaveBeenSent: true });
  });

  test("that is stopped rejects with kind stopped", async () => {
    const { environment, endpoint } = await openFaultProxy({ holdUntil: new Promise(() => undefined) });
    const controller = new AbortController();
    const call = post(environment.ports, endpoint, [task], { signal: controller.signal, idleTimeout: 5000 });
    controller.abort();
    await expect(call).rejects.toMatchObject({ kind: "stopped" });
  });

  test.each(["line\nbreak", "emoji-🦢"])("with the invalid key %j reports it without repeating it", async (key) => {
    const { faultProxy, environment, endpoint } = await openFaultProxy();
    const error: unknown = await post(environment.ports, { ...endpoint, key }, [task], callOptions).catch(
      (reason) => reason,
    );
    expect(error).toMatchObject({ kind: "key", billed: "no" });
    expect(`${error} ${JSON.stringify(error)} ${environment.logLines.join()}`).not.toContain(key);
    expect(faultProxy.requests).toEqual([]);
  });
});

describe("The account", () => {
  test("accepts the right key and rejects a wrong one", async () => {
    const { environment, endpoint } = await openFaultProxy();
    await expect(checkKey(environment.ports, endpoint, neverAborted)).resolves.toBeUndefined();
    const wrong = checkKey(environment.ports, { ...endpoint, key: "wrong" }, neverAborted);
    await expect(wrong).rejects.toMatchObject({ kind: "key" });
  });

  test.each(["number", "object"] as const)("has its balance, sent as %s", async (balanceForm) => {
    const { url, key } = await openSandbox({ balance: 42, balanceFormat: balanceForm });
    const { ports } = await createEnvironment({ url, key });
    expect(await fetchBalance(ports, { name: "sandbox", url, key }, neverAborted)).toBe(42);
  });

  test("has no balance if the answer has none", async () => {
    const { environment, endpoint } = await openFaultProxy({
      answer: { status: 200, body: '{"data":[{"balance":"much"}]}' },
    });
    expect(await fetchBalance(environment.ports, endpoint, neverAborted)).toBeUndefined();
  });

  test("rejects as offline if it cannot be reached", async () => {
    const { faultProxy, environment, endpoint } = await openFaultProxy();
    await faultProxy.close();
    await expect(checkKey(environment.ports, endpoint, neverAborted)).rejects.toMatchObject({
      kind: "offline",
      billed: "no",
    });
  });
});

describe("A fault during a free call", () => {
  const rows = Object.entries({ ...wireFaults, ...bodyFaults }).flatMap(([name, { action, msPerPiece: slow }]) =>
    action === undefined ? [] : [{ name, action, slow }],
  );

  test.each(rows)("is never reported as billed: $name", async ({ action, slow = 0 }) => {
    const { faultProxy, environment, endpoint } = await openFaultProxy();
    faultProxy.setRule((request) => ({ ...action(request) }));
    environment.fetchTiming.setMsPerPiece(slow);
    for (const ask of [checkKey, fetchBalance]) {
      const end: unknown = await ask(environment.ports, endpoint, neverAborted).catch((error: unknown) => error);
      if (end instanceof Error) {
        expect(end).toMatchObject({ name: "LimnError", billed: "no", message: expect.not.stringContaining("billed") });
      }
    }
    expect(environment.fetchTiming.pendingCount()).toBe(0);
  });

  test.each(["a page of HTML", "an empty body", "cut JSON", "JSON of something else", "a redirect to elsewhere"])(
    "does not make a key count as valid: %s",
    async (name) => {
      const { action } = { ...wireFaults, ...bodyFaults }[name] ?? {};
      const { faultProxy, environment, endpoint } = await openFaultProxy();
      faultProxy.setRule((request) => action?.(request));
      await expect(checkKey(environment.ports, endpoint, neverAborted)).rejects.toMatchObject({ billed: "no" });
    },
  );
});

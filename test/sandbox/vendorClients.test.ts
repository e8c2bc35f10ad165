import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRunware } from "@runware/ai-sdk-provider";
import { generateImage } from "ai";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { klingImage3 } from "../../src/core/models/family.ts";
import { probe } from "../../src/imaging/probe.ts";
import { startClient, taskOf } from "./client.ts";

/** A sandbox and its log lines. */
async function startLoggedClient(options: { readonly lenient?: boolean }) {
  const log: string[] = [];
  return { log, ...(await startClient({ ...options, log: (line) => log.push(line) })) };
}

/** Fields of other models that the vendor's AI SDK provider can send. */
const unsupportedSettings = {
  negativePrompt: "rain",
  steps: 30,
  scheduler: "Default",
  CFGScale: 7,
  clipSkip: 1,
  promptWeighting: "compel",
} as const;

describe("The vendor's AI SDK provider", () => {
  const prompt = "A lighthouse at dusk";
  // It prints a warning for every answer.
  beforeAll(() => void vi.stubGlobal("AI_SDK_LOG_WARNINGS", false));
  afterAll(() => void vi.unstubAllGlobals());

  test("gets its pictures from a lenient sandbox, which logs each ignored field once", async () => {
    const { sandbox, log } = await startLoggedClient({ lenient: true });
    const runware = createRunware({ apiKey: sandbox.key, baseURL: sandbox.url });
    const plain = await generateImage({
      model: runware.image(klingImage3.id),
      prompt,
      size: "1024x1024",
      maxRetries: 0,
    });
    expect(probe(plain.image.uint8Array)).toEqual({ format: "PNG", width: 1024, height: 1024 });
    expect(log).toEqual([expect.stringContaining("'checkNSFW'")]);
    const model = runware.image(klingImage3.id, { ...unsupportedSettings, outputFormat: "WEBP", maxImagesPerCall: 2 });
    const { images } = await generateImage({ model, prompt, n: 2, size: "1360x768", seed: 7, maxRetries: 0 });
    expect(images.map(({ uint8Array }) => probe(uint8Array))).toEqual(
      Array.from({ length: 2 }, () => ({ format: "WEBP", width: 1360, height: 768 })),
    );
    const named = log.map((line) => /^Ignored '(\w+)'/.exec(line)?.[1]);
    expect(named.sort()).toEqual([...Object.keys(unsupportedSettings), "checkNSFW", "seed"].sort());
  });

  test("is rejected by a strict sandbox, as the model's page says", async () => {
    const { sandbox } = await startLoggedClient({});
    const runware = createRunware({ apiKey: sandbox.key, baseURL: sandbox.url });
    const asked = generateImage({ model: runware.image(klingImage3.id), prompt, size: "1024x1024", maxRetries: 0 });
    await expect(asked).rejects.toMatchObject({ statusCode: 400, responseBody: expect.stringContaining("checkNSFW") });
    expect(sandbox.receivedTaskTypes).toEqual(["imageInference"]);
  });
});

describe("A lenient sandbox", () => {
  /**
   * What other clients of the vendor send for Kling, over HTTP or as the same tasks over WebSocket.
   */
  const clients = [
    ["the Python SDK", { deliveryMethod: "sync", numberResults: 1, outputType: ["URL"], seed: 3, includeCost: true }],
    ["the ComfyUI nodes", { deliveryMethod: "async", outputFormat: "WEBP", outputQuality: 95, steps: 20, CFGScale: 4 }],
    ["a gateway", { includeCost: true, negativePrompt: "rain", steps: 8, seed: 42 }],
  ] as const;

  test.each(clients)("accepts the request of %s, and a strict one does not", async (_, fields) => {
    const [lenient, strict] = [await startLoggedClient({ lenient: true }), await startLoggedClient({})];
    expect(await lenient.post(taskOf(fields))).toMatchObject({ status: 200, errors: [] });
    expect(await strict.post(taskOf(fields))).toMatchObject({ status: 400, data: [] });
    expect([lenient.log.length > 0, strict.log]).toEqual([true, []]);
  });

  test("still rejects invalid values of the model's fields, and unknown fields", async () => {
    const { post } = await startLoggedClient({ lenient: true });
    const { errors } = await post(taskOf({ width: 512, height: 512, checkNSFW: false }));
    expect(errors).toMatchObject([{ code: "unsupportedDimensions" }]);
    expect((await post(taskOf({ seeds: 3 }))).errors).toMatchObject([{ parameter: "seeds" }]);
    expect((await post(taskOf({ outputType: ["URL", "dataURI"] }))).errors).toMatchObject([
      { code: "invalidOutputType" },
    ]);
  });
});

describe("npm run sandbox", () => {
  const main = new URL("../../src/sandbox/main.ts", import.meta.url).pathname;

  /**
   * Requests a picture from a command-line sandbox as a vendor client does; resolves with status
   * and stderr.
   */
  async function ask(...flags: readonly string[]) {
    const child = spawn(process.execPath, [main, "--port", "0", "--delay", "0", ...flags]);
    const ended = once(child, "close");
    let stderr = "";
    child.stderr.on("data", (part) => {
      stderr += part;
    });
    const [line] = await once(child.stdout, "data");
    const { url, key }: { url: string; key: string } = JSON.parse(String(line));
    const headers = { Authorization: `Bearer ${key}` };
    const bodies = [1, 2].map(() => JSON.stringify([taskOf({ checkNSFW: false })]));
    const statuses = [];
    for (const body of bodies) {
      statuses.push((await fetch(url, { method: "POST", headers, body })).status);
    }
    child.kill("SIGTERM");
    await ended;
    return { statuses, stderr };
  }

  test("is lenient, and reports each ignored field once on stderr", async () => {
    const { statuses, stderr } = await ask();
    expect(statuses).toEqual([200, 200]);
    expect(stderr.match(/Ignored 'checkNSFW'/g)).toHaveLength(1);
  });

  test("is strict with --strict", async () => {
    expect(await ask("--strict")).toEqual({ statuses: [400, 400], stderr: "" });
  });
});

import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkKey } from "../../../src/core/service/account.ts";
import { createRedactor } from "../../../src/core/service/redact.ts";
import { startFaultProxy } from "../../support/faultProxy.ts";
import { encodingsOf } from "../../support/secretEncodings.ts";
import {
  createEnvironment,
  isPoll,
  isSend,
  neverAborted,
  onEvery,
  openSandbox,
  readBytes,
  respondWith,
  setUp,
} from "../support/setUp.ts";

const key = "sk/9f+0c=1a2b.3c4d~5e6f7081";

test("A key is removed from any text, in each of its encodings", () => {
  const redact = createRedactor(key);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (before, after) => {
      for (const [spelling, secret] of encodingsOf(key, before, after).filter(([name]) => name !== "json")) {
        expect(redact(`«${secret}»`), spelling).toContain("‹key›");
      }
    }),
  );
});

test("A text without the key is returned unchanged", () => {
  const redact = createRedactor(key);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      expect(redact(text)).toBe(text);
    }),
  );
});

test("A very short key leaves UUIDs and links unchanged", () => {
  expect(createRedactor("a1")("https://im.runware.ai/a1")).toBe("https://im.runware.ai/a1");
});

/** An answer that repeats the request in every encoding. */
const echo = (secret: string, about: object = {}): object => ({
  errors: [
    {
      ...about,
      code: "invalidProviderContent",
      message: `Bad header "Authorization: Bearer ${secret}"`,
      responseContent: { request: { headers: { authorization: `Bearer ${secret}` } } },
    },
  ],
});

describe("A server that repeats the key", () => {
  test.each(["plain", "percent", "base64", "hex", "json"])(
    "in an error (%s) gets it into no message, file or log",
    async (spelling) => {
      const { sandbox, faultProxy, environment, buy } = await setUp();
      const secret = new Map(encodingsOf(sandbox.key, "Bearer ", "")).get(spelling) ?? "";
      const body = JSON.stringify(echo("SECRET")).replaceAll("SECRET", secret);
      faultProxy.setRule(onEvery(respondWith(body, 400), isSend));
      const error: unknown = await buy().catch((reason: unknown) => reason);
      expect(String(error)).toContain("‹key›");
      const [name = ""] = await environment.listFolder("journal");
      const file = Buffer.from(await readBytes(`file://${environment.folder}/journal/${name}`)).toString();
      expect(file).toContain("‹key›");
      for (const [, form] of encodingsOf(sandbox.key, "", "")) {
        expect(`${error} ${JSON.stringify(error)} ${file} ${environment.logLines.join()}`).not.toContain(form);
      }
    },
  );

  test("in a poll or as a picture's URL gets it neither stored nor sent", async () => {
    const { sandbox, faultProxy, environment, buy, readJob } = await setUp();
    faultProxy.setRule(({ taskType, body }) => {
      const [task]: { taskUUID?: string }[] = taskType === "getResponse" ? JSON.parse(body) : [];
      const { taskUUID } = task ?? {};
      const imageURL = `${new URL(faultProxy.url).origin}/${sandbox.key}.jpg`;
      const item = {
        taskType: "imageInference",
        taskUUID,
        imageUUID: crypto.randomUUID(),
        imageURL,
        status: "success",
      };
      return task && respondWith({ data: [item], ...echo(sandbox.key, { taskUUID }) });
    });
    await buy({ count: 2 }).catch(() => undefined);
    expect(JSON.stringify(await readJob())).not.toContain(sandbox.key);
    expect(JSON.stringify(await readJob())).toContain("‹key›");
    expect(environment.logLines.join()).not.toContain(sandbox.key);
    expect(faultProxy.requests.filter(isPoll).length).toBeGreaterThan(0);
    expect(faultProxy.requests.map(({ path }) => path).join()).not.toContain(sandbox.key);
  });

  test("in an HTML page or a redirect is not quoted", async () => {
    const { url, key: own } = await openSandbox();
    const faultProxy = await startFaultProxy(url);
    onTestFinished(() => faultProxy.close());
    const { ports, logLines } = await createEnvironment({ url: faultProxy.url, key: own });
    for (const status of [302, 401, 502]) {
      faultProxy.setRule(() => ({
        answer: { status, body: `<h1>Bearer ${own}</h1>`, headers: { location: `/?key=${own}` } },
      }));
      const error: unknown = await checkKey(
        ports,
        { name: faultProxy.url, url: faultProxy.url, key: own },
        neverAborted,
      ).catch((e) => e);
      expect(`${error} ${JSON.stringify(error)} ${logLines.join()}`).not.toContain(own);
    }
  });
});

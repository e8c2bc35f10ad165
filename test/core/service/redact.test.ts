import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkKey } from "../../../src/core/service/account.ts";
import { createRedactor } from "../../../src/core/service/redact.ts";
import { startFaultProxy } from "../../support/faultProxy.ts";
import { encodingsOf } from "../../support/secretEncodings.ts";
import { bytesAt, every, isPoll, isSend, never, openHouse, openSandbox, openWorld, says } from "../support/setUp.ts";

const key = "sk/9f+0c=1a2b.3c4d~5e6f7081";

test("A key is taken out of any text around it, in each of its spellings", () => {
  const redact = createRedactor(key);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (before, after) => {
      for (const [spelling, secret] of encodingsOf(key, before, after).filter(([name]) => name !== "json")) {
        expect(redact(`«${secret}»`), spelling).toContain("‹key›");
      }
    }),
  );
});

test("A text without the key comes back as it is", () => {
  const redact = createRedactor(key);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      expect(redact(text)).toBe(text);
    }),
  );
});

test("A key too short to be told from other text leaves UUIDs and links whole", () => {
  expect(createRedactor("a1")("https://im.runware.ai/a1")).toBe("https://im.runware.ai/a1");
});

/** An answer that repeats the request in all ways, with this around it. */
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
    "in an error (%s) gets it into no sentence, file or log",
    async (spelling) => {
      const { sandbox, front: faultProxy, world, buy } = await openHouse();
      const secret = new Map(encodingsOf(sandbox.key, "Bearer ", "")).get(spelling) ?? "";
      const body = JSON.stringify(echo("SECRET")).replaceAll("SECRET", secret);
      faultProxy.setRule(every(says(body, 400), isSend));
      const error: unknown = await buy().catch((reason: unknown) => reason);
      expect(String(error)).toContain("‹key›");
      const [name = ""] = await world.names("journal");
      const file = Buffer.from(await bytesAt(`file://${world.folder}/journal/${name}`)).toString();
      expect(file).toContain("‹key›");
      for (const [, form] of encodingsOf(sandbox.key, "", "")) {
        expect(`${error} ${JSON.stringify(error)} ${file} ${world.lines.join()}`).not.toContain(form);
      }
    },
  );

  test("in a poll, or as the place of a picture, gets it neither stored nor sent there", async () => {
    const { sandbox, front: faultProxy, world, buy, job } = await openHouse();
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
      return task && says({ data: [item], ...echo(sandbox.key, { taskUUID }) });
    });
    await buy({ count: 2 }).catch(() => undefined);
    expect(JSON.stringify(await job())).not.toContain(sandbox.key);
    expect(JSON.stringify(await job())).toContain("‹key›");
    expect(world.lines.join()).not.toContain(sandbox.key);
    expect(faultProxy.requests.filter(isPoll).length).toBeGreaterThan(0);
    expect(faultProxy.requests.map(({ path }) => path).join()).not.toContain(sandbox.key);
  });

  test("in a page of HTML or in a redirect is not quoted", async () => {
    const { url, key: own } = await openSandbox();
    const faultProxy = await startFaultProxy(url);
    onTestFinished(() => faultProxy.close());
    const { ports, lines } = await openWorld({ url: faultProxy.url, key: own });
    for (const status of [302, 401, 502]) {
      faultProxy.setRule(() => ({
        answer: { status, body: `<h1>Bearer ${own}</h1>`, headers: { location: `/?key=${own}` } },
      }));
      const error: unknown = await checkKey(
        ports,
        { name: faultProxy.url, url: faultProxy.url, key: own },
        never,
      ).catch((e) => e);
      expect(`${error} ${JSON.stringify(error)} ${lines.join()}`).not.toContain(own);
    }
  });
});

import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { download } from "../../../src/core/pictures/pictureDownload.ts";
import { isPictureHost } from "../../../src/core/service/pictureHost.ts";
import { startFaultProxy } from "../../support/faultProxy.ts";
import { createEnvironment, neverAborted, openSandbox } from "../support/setUp.ts";

const runware = { url: "https://api.runware.ai/v1" };
const sandbox = { url: "http://127.0.0.1:4711/v1" };
const inProcess = { url: "https://sandbox.invalid/v1" };
const gateway = { url: "https://pictures.example.com/runware" };
const inside = { url: "https://10.1.2.3:8443/v1" };

describe("A picture is downloaded", () => {
  test.each([
    ["https://im.runware.ai/image/a.jpg", runware],
    ["https://runware.ai/a.jpg", runware],
    ["https://api.runware.ai/a.jpg", runware],
    ["HTTPS://IM.RUNWARE.AI:443/a.jpg", runware],
    ["http://127.0.0.1:4711/image/a.jpg", sandbox],
    ["https://sandbox.invalid/image/a.jpg", inProcess],
    ["https://im.runware.ai/image/a.jpg", gateway],
    ["https://pictures.example.com/a.jpg", gateway],
    ["https://10.1.2.3:8443/a.jpg", inside],
  ])("from %s, with the API at $url", (address, endpoint) => {
    expect(isPictureHost(address, endpoint)).toBe(true);
  });

  test.each([
    ["http://im.runware.ai/image/a.jpg", runware],
    ["https://im.runware.ai:8443/image/a.jpg", runware],
    ["https://im.runware.ai./image/a.jpg", runware],
    ["https://im.runware.ai.evil.example/a.jpg", runware],
    ["https://evilrunware.ai/a.jpg", runware],
    ["https://evil.example/im.runware.ai/a.jpg", runware],
    ["https://evil.example#.runware.ai/a.jpg", runware],
    ["https://evil.example\\@im.runware.ai/a.jpg", runware],
    ["https://im.runware.ai@evil.example/a.jpg", runware],
    ["https://someone:secret@im.runware.ai/a.jpg", runware],
    // A Cyrillic а, and a dot that IDNA treats as a full stop.
    ["https://im.runwаre.ai/a.jpg", runware],
    ["https://evil。example/.runware.ai", runware],
    ["http://169.254.169.254/latest/meta-data", runware],
    ["http://127.0.0.1:4711/a.jpg", runware],
    ["http://localhost/a.jpg", runware],
    ["file:///etc/passwd", runware],
    ["data:image/png;base64,AAAA", runware],
    ["ftp://im.runware.ai/a.jpg", runware],
    ["wss://im.runware.ai/a.jpg", runware],
    ["http://127.0.0.1:4712/a.jpg", sandbox],
    ["https://sandbox.invalid/image/a.jpg", runware],
    ["https://sandbox.invalid/image/a.jpg", sandbox],
    ["http://sandbox.invalid/image/a.jpg", inProcess],
    ["https://sandbox.invalid:8443/image/a.jpg", inProcess],
    ["https://a.sandbox.invalid/image/a.jpg", inProcess],
    ["http://127.0.0.1:4711/image/a.jpg", inProcess],
    ["http://localhost/image/a.jpg", inProcess],
    ["https://127.0.0.1:4711/a.jpg", sandbox],
    ["http://localhost:4711/a.jpg", sandbox],
    ["http://192.168.0.1/a.jpg", sandbox],
    ["https://pictures.example.com:8443/a.jpg", gateway],
    ["http://pictures.example.com/a.jpg", gateway],
    ["https://10.1.2.3/a.jpg", inside],
    ["https://10.1.2.4:8443/a.jpg", inside],
    ["//im.runware.ai/a.jpg", runware],
    ["", runware],
  ])("never from %s, with the API at $url", (address, endpoint) => {
    expect(isPictureHost(address, endpoint)).toBe(false);
  });
});

const byte = fc.integer({ min: 0, max: 255 });
const four = fc.tuple(byte, byte, byte, byte);
const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));

/** Internal IPv4 addresses: private, shared, link-local, this computer, this network. */
const insideIPv4 = fc.oneof(
  four.map(([, b, c, d]) => [10, b, c, d]),
  four.map(([, b, c, d]) => [172, 16 + (b % 16), c, d]),
  four.map(([, , c, d]) => [192, 168, c, d]),
  four.map(([, , c, d]) => [169, 254, c, d]),
  four.map(([, b, c, d]) => [100, 64 + (b % 64), c, d]),
  four.map(([, b, c, d]) => [127, b, c, d]),
  fc.constant([0, 0, 0, 0]),
);

/** The ways to write an IPv4 address in a URL. */
const spelled = fc
  .tuple(insideIPv4, fc.constantFrom("dotted", "dot at the end", "hex", "octal", "number", "mapped"))
  .map(([parts, spelling]) => {
    const number = parts.reduce((sum, part) => sum * 256 + part, 0);
    const spellings: Readonly<Record<typeof spelling, string>> = {
      dotted: parts.join("."),
      "dot at the end": `${parts.join(".")}.`,
      hex: `0x${number.toString(16)}`,
      octal: parts.map((part) => `0${part.toString(8)}`).join("."),
      number: String(number),
      mapped: `[::ffff:${parts.join(".")}]`,
    };
    return spellings[spelling];
  });

const insideIPv6 = fc.oneof(
  fc.constantFrom("[::1]", "[::]"),
  fc.tuple(group, group).map(([a, b]) => `[fc00:${a}::${b}]`),
  fc.tuple(group, group).map(([a, b]) => `[fdff:${a}::${b}]`),
  group.map((a) => `[fe80::${a}]`),
);

const port = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 1, max: 65_535 }).map((number) => `:${number}`),
);

test("No private address is accepted as a picture host, however it is written", () => {
  fc.assert(
    fc.property(fc.constantFrom("http", "https"), fc.oneof(spelled, insideIPv6), port, (scheme, host, at) => {
      const address = `${scheme}://${host}${at}/a.jpg`;
      expect(URL.canParse(address)).toBe(true);
      expect(isPictureHost(address, runware)).toBe(false);
      expect(isPictureHost(address, gateway)).toBe(false);
    }),
  );
});

/** Hosts, some of them similar to Runware's. */
const host = fc.oneof(
  fc.domain(),
  fc.webAuthority({ withUserInfo: true, withPort: true, withIPv4: true, withIPv6: true }),
  fc
    .tuple(fc.domain(), fc.constantFrom("im.runware.ai", "runware.ai"))
    .chain(([other, own]) =>
      fc.constantFrom(`${own}.${other}`, `${other}${own}`, `${own}@${other}`, `${other}/${own}`, `${own}:80@${other}`),
    ),
  fc.constantFrom("im.runware.ai", "runware.ai", "a.b.runware.ai"),
);

const anyAddress = fc.oneof(
  fc.webUrl(),
  fc.string(),
  fc
    .tuple(fc.constantFrom("http:", "https:", "file:", "ftp:", "javascript:", ""), host)
    .map(([a, b]) => `${a}//${b}/a.jpg`),
);

/** A subdomain of Runware's that DNS allows, checked without the code under test. */
const allowed = /^https:\/\/([a-z0-9_~-]+\.)*runware\.ai\//;

test("No URL outside the list is ever downloaded, whatever link a server sends", async () => {
  const { ports } = await createEnvironment({ url: runware.url, key: "an-unknown-key" });
  await fc.assert(
    fc.asyncProperty(anyAddress, async (address) => {
      const asked: string[] = [];
      const fetch = async (url: string) => {
        asked.push(url);
        return new Response(undefined, { status: 404 });
      };
      const endpoint = { name: runware.url, url: runware.url, key: "an-unknown-key" };
      await download({ ...ports, fetch }, endpoint, address, neverAborted, buffer).catch(() => undefined);
      for (const url of asked) {
        expect(new URL(url).href).toMatch(allowed);
      }
    }),
  );
});

test("A redirect of a picture is not followed", async () => {
  const { url, key } = await openSandbox();
  const otherHost = await startFaultProxy(url);
  const faultProxy = await startFaultProxy(url);
  onTestFinished(() => Promise.all([otherHost.close(), faultProxy.close()]).then(() => undefined));
  faultProxy.setRule(() => ({
    answer: { status: 302, body: "", headers: { location: `${new URL(otherHost.url).origin}/a.jpg` } },
  }));
  const { ports } = await createEnvironment({ url: faultProxy.url, key });
  const fetched = download(
    ports,
    { name: faultProxy.url, url: faultProxy.url, key },
    `${new URL(faultProxy.url).origin}/a.jpg`,
    neverAborted,
    buffer,
  );
  await expect(fetched).rejects.toThrow("HTTP 302");
  expect(otherHost.requests).toEqual([]);
  expect(faultProxy.requests.map(({ headers }) => headers.authorization)).not.toContain(`Bearer ${key}`);
});

test.each([
  ["http://im.runware.ai/a.jpg", "leads to http://im.runware.ai, and not to Runware over https"],
  ["https://someone:secret@evil.example/a.jpg", "leads to https://evil.example, and not to Runware over https"],
  ["data:image/png;base64,aaaa", "is not a web address of Runware"],
  ["file:///etc/passwd", "is not a web address of Runware"],
  ["nonsense", "is not a web address of Runware"],
  ["", "is not a web address of Runware"],
])("A picture at “%s” is not downloaded, and the message names the host", async (address, place) => {
  const { ports } = await createEnvironment({ url: runware.url, key: "an-unknown-key" });
  const fetched = download(ports, { name: runware.url, url: runware.url, key: "" }, address, neverAborted, buffer);
  await expect(fetched).rejects.toThrow(`The picture was not downloaded: its link ${place}.`);
});

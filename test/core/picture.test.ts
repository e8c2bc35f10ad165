import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { inspect, isPictureHost } from "../../src/core/picture.ts";
import { probe } from "../../src/imaging/probe.ts";

const runware = { url: "https://api.runware.ai/v1" };
const sandbox = { url: "http://127.0.0.1:4711/v1" };
const gateway = { url: "https://pictures.example.com/runware" };

describe("A picture is fetched", () => {
  test.each([
    ["https://im.runware.ai/image/a.jpg", runware],
    ["https://runware.ai/a.jpg", runware],
    ["https://api.runware.ai/a.jpg", runware],
    ["http://127.0.0.1:4711/image/a.jpg", sandbox],
    ["https://im.runware.ai/image/a.jpg", gateway],
    ["https://pictures.example.com/a.jpg", gateway],
  ])("from %s, with the API at $url", (address, endpoint) => {
    expect(isPictureHost(address, endpoint)).toBe(true);
  });

  test.each([
    ["http://im.runware.ai/image/a.jpg", runware],
    ["https://im.runware.ai.evil.example/a.jpg", runware],
    ["https://evilrunware.ai/a.jpg", runware],
    ["https://evil.example/im.runware.ai/a.jpg", runware],
    ["https://im.runware.ai@evil.example/a.jpg", runware],
    ["https://someone:secret@im.runware.ai/a.jpg", runware],
    ["http://169.254.169.254/latest/meta-data", runware],
    ["http://127.0.0.1:4711/a.jpg", runware],
    ["http://localhost/a.jpg", runware],
    ["file:///etc/passwd", runware],
    ["data:image/png;base64,AAAA", runware],
    ["ftp://im.runware.ai/a.jpg", runware],
    ["http://127.0.0.1:4712/a.jpg", sandbox],
    ["http://192.168.0.1/a.jpg", sandbox],
    ["https://pictures.example.com:8443/a.jpg", gateway],
    ["//im.runware.ai/a.jpg", runware],
    ["", runware],
  ])("never from %s, with the API at $url", (address, endpoint) => {
    expect(isPictureHost(address, endpoint)).toBe(false);
  });
});

const sample = (name: string) =>
  readFile(new URL(`../sample/images/${name}`, import.meta.url)).then((bytes) => new Uint8Array(bytes));
const inspected = (bytes: Uint8Array) => inspect({ probe }, bytes);

describe.each(["hut.png", "ridge.jpg", "phone-photo.jpg", "lake.webp"])("%s", (name) => {
  test("is told by its bytes", async () => {
    const facts = inspected(await sample(name));
    expect(facts.format.toLowerCase()).toBe(name.split(".").at(-1));
    expect(facts.width).toBeGreaterThan(100);
  });

  test("is not taken when it is cut, wherever it is cut", async () => {
    const bytes = await sample(name);
    const ends = [
      8,
      12,
      100,
      Math.floor(bytes.length / 3),
      Math.floor(bytes.length / 2),
      bytes.length - 2,
      bytes.length - 1,
    ];
    for (const end of ends) {
      expect(() => inspected(bytes.subarray(0, end))).toThrow(/cut off|not a picture/);
    }
  });

  test("is taken with something behind its end", async () => {
    const bytes = await sample(name);
    expect(inspected(Buffer.concat([bytes, Buffer.from("\0\0more")]))).toEqual(inspected(bytes));
  });
});

test.each(["", "<!doctype html>", "GIF89a", "<svg/>"])("“%s” is not taken for a picture", (text) => {
  expect(() => inspected(new TextEncoder().encode(text))).toThrow("What arrived is not a picture.");
});

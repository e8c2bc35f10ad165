import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { drawingLayers } from "../../src/sandbox/drawing/drawingLayers.ts";
import { wrap } from "../../src/sandbox/drawing/label.ts";
import { loadTextRenderer } from "../../src/sandbox/drawing/textRenderer.ts";
import { readDirectives, withoutDirectives } from "../../src/sandbox/tasks/directives.ts";
import { sandboxDeps } from "../support/sandboxDeps.ts";

const lettering = await loadTextRenderer(sandboxDeps.fonts);
const facts = { words: "A lighthouse at dusk", width: 1024, height: 1024, format: "PNG", references: [] } as const;

test("draws the same picture for the same seed, and another for another seed", () => {
  expect(drawingLayers({ ...facts, seed: 1 }, lettering)).toEqual(drawingLayers({ ...facts, seed: 1 }, lettering));
  const all = Array.from({ length: 20 }, (_, seed) => JSON.stringify(drawingLayers({ ...facts, seed }, lettering)));
  expect(new Set(all).size).toBe(20);
});

test("draws no NaN, and escapes the user's text", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const words = '</svg><image href="file:///etc/passwd"/> 👩‍👩‍👧 世界 \u0000';
    const layers = drawingLayers({ ...facts, words, width: 3104, height: 1312, seed }, lettering);
    expect(JSON.stringify(layers)).not.toMatch(/NaN|Infinity|undefined|<image|passwd/);
  }
});

test("wraps a prompt into three lines and shortens the rest", () => {
  const fits = (line: string): boolean => [...line].length <= 10;
  expect(wrap("one", fits)).toEqual(["one"]);
  expect(wrap("one two three four", fits)).toEqual(["one two", "three four"]);
  expect(wrap("aaaa bbbb cccc dddd eeee ffff gggg", fits)).toEqual(["aaaa bbbb", "cccc dddd", "eeee ffff…"]);
  expect(wrap("abcdefghijklmnop", fits)).toEqual(["abcdefghi…"]);
  expect(wrap("😀😀😀😀😀😀😀😀😀😀😀😀", fits)).toEqual(["😀😀😀😀😀😀😀😀😀…"]);
});

test("draws a box for characters without a glyph, and letters of four scripts", () => {
  const style = { weight: 600, size: 40 } as const;
  const [box, family] = [lettering.outline("世", style, 0, 40), lettering.outline("👩‍👩‍👧", style, 0, 40)];
  expect(family).toBe(box);
  for (const letter of ["A", "ż", "Ж", "λ", "×"]) expect(lettering.outline(letter, style, 0, 40)).not.toBe(box);
  expect(lettering.measure("AA", style)).toBeCloseTo(2 * lettering.measure("A", style));
});

test("reports missing fonts", async () => {
  await expect(loadTextRenderer("/nowhere")).rejects.toThrow("cannot read its fonts in /nowhere/");
});

test("reads directives and does not draw them", () => {
  const prompt = "A [sandbox:fail=2 form=3] fox [sandbox:delay=1.5, stall]";
  expect(readDirectives(prompt)).toMatchObject({ fail: 2, form: 3, delay: 1.5, stall: true, cut: false });
  expect(withoutDirectives(prompt)).toBe("A fox");
});

function runSandbox(...args: string[]) {
  const main = new URL("../../src/sandbox/main.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { out: "", err: "" };
  child.stdout.on("data", (part) => (output.out += part));
  child.stderr.on("data", (part) => (output.err += part));
  return { child, output, ended: once(child, "close") };
}

test("runs from the command line: prints one line when ready, an error message if it cannot start", async () => {
  const { child, output, ended } = runSandbox("--port", "0", "--key", "abc", "--delay", "0");
  await once(child.stdout, "data");
  const { url, key }: { url: string; key: string } = JSON.parse(output.out);
  expect(key).toBe("abc");
  const headers = { Authorization: "Bearer abc" };
  const ping = await fetch(url, { method: "POST", headers, body: '[{"taskType":"ping"}]' });
  expect(ping.status).toBe(200);
  const second = runSandbox("--port", new URL(url).port);
  expect(await second.ended).toEqual([1, null]);
  expect(second.output).toEqual({ out: "", err: expect.stringContaining("another program uses it") });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(output.out.trim().split("\n")).toHaveLength(1);
});

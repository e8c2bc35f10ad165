import { expect, test } from "vitest";
import { describeTarget } from "../../../src/core/targets/describeTarget.ts";
import type { ExportTarget, TargetFile } from "../../../src/core/targets/target.ts";
import { targets } from "../../../src/core/targets/targets.ts";

const described = (id: string): string =>
  describeTarget(targets.find((target) => target.id === id) ?? { ...own, files: [] });
const own: ExportTarget = { id: "own", name: "Own", group: "project", files: [] };
const file = (more: Partial<TargetFile>): TargetFile => ({ path: "{name}.webp", format: "WEBP", ...more });

test.each([
  ["og", "1200 × 630 · JPG · at most 300 kB"],
  ["srcset", "640, 1080, 1920 px wide · WebP · at most 200 kB each"],
  ["responsive", "640, 1080, 1920 px wide · AVIF, WebP, JPG · at most 300 kB each"],
  ["favicon", "6 files"],
])("The description of %s has each width and each format once", (id, text) => {
  expect(described(id)).toBe(text);
});

test("The description of a project's target names a limit only if it is the one of all files", () => {
  const [small, large] = [file({ width: 640, maxBytes: 50_000 }), file({ width: 1280 })];
  expect(describeTarget({ ...own, files: [small, large] })).toBe("640, 1280 px wide · WebP");
  expect(describeTarget({ ...own, files: [file({}), file({ format: "AVIF" })] })).toBe("2 files");
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingPixels, planExport } from "../../../src/core/targets/exportPlan.ts";
import { parseProjectTargets } from "../../../src/core/targets/projectTargets.ts";

const parse = (files: unknown, name: unknown = "Blog") =>
  parseProjectTargets(JSON.stringify({ targets: [{ name, files }] }));
const parsePath = (path: string) => parse([{ path }]);

describe("the targets of a project", () => {
  it("have the format of the extension, and white behind a JPEG", () => {
    expect(
      parse([
        { path: "{name}-w.webp", width: 1600 },
        { path: "a/b.jpeg", width: 600, height: 400, padding: 0.1 },
      ]),
    ).toEqual({
      targets: [
        {
          id: "project-Blog",
          name: "Blog",
          group: "project",
          files: [
            { path: "{name}-w.webp", format: "WEBP", width: 1600 },
            { path: "a/b.jpeg", format: "JPG", width: 600, height: 400, padding: 0.1, background: "#ffffff" },
          ],
        },
      ],
    });
  });

  it.each([
    "../x.png",
    "/x.png",
    "a/../x.png",
    "a\\..\\x.png",
    "C:x.png",
    "C:/x.png",
    ".git/x.png",
    "a//x.png",
    "a./x.png",
    "{name}/x.png",
    "..{name}.png",
    "x.svg",
    "x.png/",
    "x\u0000.png",
    "x\u202E.png",
    "~/x.png ",
    "",
    `${"a".repeat(200)}.png`,
  ])("never have the path %j", (path) => {
    expect(parsePath(path)).toEqual({ problem: "“targets[0].files[0].path” is missing or not valid." });
  });

  it.each(["x.png", "blog/{name}.webp", "ü/{name}@2x.png", "a b/{name} large.avif", "{name}-{name}.jpg"])(
    "may have the path %j",
    (path) => {
      expect(parsePath(path)).toHaveProperty("targets");
    },
  );

  it.each<[string, unknown, string]>([
    ["pixels that are too many", [{ path: "a.png", width: 100_000, height: 10 }], "targets[0].files[0].width"],
    ["pixels as a text", [{ path: "a.png", width: "10" }], "targets[0].files[0].width"],
    ["a height alone", [{ path: "a.png", height: 100 }], "targets[0].files[0].height"],
    ["padding without a size", [{ path: "a.png", width: 100, padding: 0.1 }], "targets[0].files[0].padding"],
    ["a colour by name", [{ path: "a.png", background: "red" }], "targets[0].files[0].background"],
    ["an unknown property", [{ path: "a.png", widht: 100 }], "targets[0].files[0].widht"],
    ["no files", [], "targets[0].files"],
    ["too many files", Array.from({ length: 31 }, (_, index) => ({ path: `${index}.png` })), "targets[0].files"],
  ])("are refused with %s, and the place is named", (_, files, place) => {
    expect(parse(files)).toEqual({ problem: `“${place}” is missing or not valid.` });
  });

  it("are refused with the same name twice, since a job knows them by their names", () => {
    const targets = ["Blog", "Docs", "blog"].map((name) => ({ name, files: [{ path: "a.png" }] }));
    expect(parseProjectTargets(JSON.stringify({ targets }))).toEqual({
      problem: "Two targets have the name “blog”.",
    });
  });

  it("are refused with two files of the same path, which would replace each other", () => {
    expect(parse([{ path: "a.png" }, { path: "A.png" }])).toEqual({
      problem: "A target has two files with the path “A.png”.",
    });
  });

  it.each(["", "{", "[]", "null", "1", "[".repeat(100_000)])("of the text %.10s are none", (text) => {
    expect(parseProjectTargets(text)).toHaveProperty("problem");
  });

  it("are refused if their name hides something or is too long", () => {
    expect(parse([{ path: "a.png" }], "a\u202Eb")).toHaveProperty("problem");
    expect(parse([{ path: "a.png" }], "a".repeat(61))).toHaveProperty("problem");
  });

  it("never plan a picture without pixels, or a path out of the folder", () => {
    const file = fc.record(
      {
        path: fc.constantFrom("{name}.png", "a/{name}.webp", "x.jpg"),
        width: fc.integer({ min: 16, max: 4096 }),
        height: fc.integer({ min: 16, max: 4096 }),
        padding: fc.double({ min: 0, max: 0.4, noNaN: true }),
      },
      { requiredKeys: ["path"] },
    );
    const side = fc.integer({ min: 1, max: 5000 });
    const name = fc.constantFrom("fox", "..", ".", "a.b");
    fc.assert(
      fc.property(file, side, side, name, (one, width, height, sourceName) => {
        const parsed = parse([one]);
        if ("problem" in parsed) return;
        const [target] = parsed.targets;
        if (target === undefined) throw new Error("There is no target.");
        const plan = planExport(target, { name: sourceName, pixels: { width, height } }, "App");
        expect(missingPixels(target, plan) === undefined).toBe(plan.pictures.length === 1);
        for (const { path, picture } of plan.pictures) {
          expect(path.split("/")).not.toContain("..");
          expect(Math.min(picture.width, picture.height)).toBeGreaterThan(0);
        }
      }),
    );
  });
});

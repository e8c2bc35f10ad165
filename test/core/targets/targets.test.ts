import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pixels } from "../../../src/core/models/size.ts";
import {
  cropAround,
  cropLoss,
  type Focus,
  isLargeEnough,
  largestCrop,
  middleOf,
} from "../../../src/core/targets/crop.ts";
import { missingPixels, planExport } from "../../../src/core/targets/exportPlan.ts";
import { encodeIco } from "../../../src/core/targets/ico.ts";
import { focusOfCrops, movablePixels, moveFocus } from "../../../src/core/targets/moveFocus.ts";
import type { ExportTarget } from "../../../src/core/targets/target.ts";
import { targets } from "../../../src/core/targets/targets.ts";
import { parsePixels, typedTarget } from "../../../src/core/targets/typedTarget.ts";

function targetOf(id: string): ExportTarget {
  const target = targets.find((one) => one.id === id);
  if (target === undefined) throw new Error(`There is no target ${id}.`);
  return target;
}

const plan = (id: string, pixels: Pixels) => planExport(targetOf(id), { name: "fox", pixels }, "Ostrel Hut");

describe("the largest part of a picture in the shape of a target", () => {
  it.each([
    // From shared/reference/targets.md, which computed them from the sizes of the model.
    [{ width: 2720, height: 1536 }, { width: 1200, height: 630 }, { width: 2720, height: 1428 }, 0.07],
    [{ width: 2720, height: 1536 }, { width: 1200, height: 600 }, { width: 2720, height: 1360 }, 0.115],
    [{ width: 1760, height: 2336 }, { width: 1080, height: 1350 }, { width: 1760, height: 2200 }, 0.058],
    [{ width: 3104, height: 1312 }, { width: 1584, height: 396 }, { width: 3104, height: 776 }, 0.409],
  ])("of %o for %o is %o", (source, target, crop, loss) => {
    expect(largestCrop(source, target)).toEqual(crop);
    expect(cropLoss(source, target)).toBeCloseTo(loss, 3);
  });

  it("is inside the picture, touches two sides of it, and has the shape to a pixel", () => {
    const pixels = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
    fc.assert(
      fc.property(pixels, pixels, (source, target) => {
        const crop = largestCrop(source, target);
        expect(crop.width).toBeLessThanOrEqual(source.width);
        expect(crop.height).toBeLessThanOrEqual(source.height);
        expect(crop.width === source.width || crop.height === source.height).toBe(true);
        const ideal = {
          width: (crop.height * target.width) / target.height,
          height: (crop.width * target.height) / target.width,
        };
        const isNear = Math.abs(crop.width - ideal.width) <= 1 || Math.abs(crop.height - ideal.height) <= 1;
        expect(isNear).toBe(true);
      }),
    );
  });
});

describe("the part around a focus", () => {
  const side = fc.integer({ min: 1, max: 5000 });
  const pixels = fc.record({ width: side, height: side });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const focus = fc.record({ x: share, y: share });

  it("is in the middle of the picture if the focus is, and at its edge if the focus is near one", () => {
    const [source, target] = [
      { width: 2720, height: 1536 },
      { width: 1200, height: 630 },
    ];
    const at = (y: number) => cropAround(source, target, { x: 0.5, y });
    expect(at(0.5)).toEqual({ left: 0, top: 54, width: 2720, height: 1428 });
    expect([at(0).top, at(0.49).top, at(1).top]).toEqual([0, 39, 108]);
  });

  it("is the largest that has the shape, never leaves the picture, and holds the focus", () => {
    fc.assert(
      fc.property(pixels, pixels, focus, (source, target, point) => {
        const { left, top, ...size } = cropAround(source, target, point);
        expect(size).toEqual(largestCrop(source, target));
        for (const [start, length, whole, at] of [
          [left, size.width, source.width, point.x * source.width],
          [top, size.height, source.height, point.y * source.height],
        ] as const) {
          expect(Number.isInteger(start)).toBe(true);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start + length).toBeLessThanOrEqual(whole);
          expect(start).toBeLessThanOrEqual(at + 0.5);
          expect(start + length).toBeGreaterThanOrEqual(at - 0.5);
        }
      }),
    );
  });

  it("is the same again around its own middle, wherever it is", () => {
    fc.assert(
      fc.property(pixels, pixels, focus, (source, target, point) => {
        const crop = cropAround(source, target, point);
        expect(cropAround(source, target, middleOf(source, crop))).toEqual(crop);
      }),
    );
  });
});

describe("a focus that is moved", () => {
  const side = fc.integer({ min: 1, max: 5000 });
  const pixels = fc.record({ width: side, height: side });
  const shapes = fc.array(pixels, { minLength: 1, maxLength: 3 });
  const steps = fc.array(fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) }));
  const startOf = (source: Pixels, all: readonly Pixels[]): Focus => {
    const around = (shape: Pixels) => cropAround(source, shape, { x: 0.5, y: 0.5 });
    const [first = source, ...others] = all;
    return focusOfCrops(source, [around(first), ...others.map(around)]);
  };

  it("stays in the picture, and the way back shows at once in one of the crops", () => {
    fc.assert(
      fc.property(pixels, shapes, steps, (source, all, moves) => {
        const movable = movablePixels(source, all);
        const end = moves.reduce((focus, by) => moveFocus(source, all, focus, by), startOf(source, all));
        expect([end.x, end.y].every((share) => share >= 0 && share <= 1)).toBe(true);
        const lefts = (focus: Focus) => all.map((shape) => cropAround(source, shape, focus).left);
        const far = moveFocus(source, all, end, { x: 5000, y: 0 });
        const back = moveFocus(source, all, far, { x: -2, y: 0 });
        if (movable.width > 2) expect(lefts(back)).not.toEqual(lefts(far));
        else expect(Math.abs(back.x - far.x) * source.width).toBeLessThanOrEqual(2.001);
      }),
    );
  });

  it("starts where the crop that moves most along each axis is", () => {
    const source = { width: 1000, height: 1000 };
    const [wide, high] = [
      { left: 0, top: 300, width: 1000, height: 500 },
      { left: 100, top: 0, width: 400, height: 1000 },
    ];
    expect(focusOfCrops(source, [wide, high])).toEqual({ x: 0.3, y: 0.55 });
  });
});

describe("the plan of an export", () => {
  it("crops every file around the focus, also those in an icon, and leaves it open without one", () => {
    const source = { name: "fox", pixels: { width: 3000, height: 1000 }, focus: { x: 0, y: 0 } };
    const crop = { left: 0, top: 0, width: 1000, height: 1000 };
    const { pictures, icon } = planExport(targetOf("favicon"), source, "App");
    const all = [...pictures.map(({ picture }) => picture), ...(icon?.pictures ?? [])];
    expect(all.map((picture) => picture.crop)).toEqual(Array(7).fill(crop));
    const { pixels } = source;
    expect(plan("og", pixels).pictures.map(({ picture }) => picture.crop)).toEqual([undefined]);
  });

  it("never scales up, whatever the picture", () => {
    const pixels = fc.record({ width: fc.integer({ min: 1, max: 4000 }), height: fc.integer({ min: 1, max: 4000 }) });
    fc.assert(
      fc.property(pixels, fc.constantFrom(...targets), (source, target) => {
        const { pictures, icon } = planExport(target, { name: "fox", pixels: source }, "App");
        for (const picture of [...pictures.map((one) => one.picture), ...(icon?.pictures ?? [])]) {
          expect(isLargeEnough(source, picture)).toBe(true);
          expect(Math.min(picture.width, picture.height)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it.each(targets.map((target) => [target.id, target] as const))(
    "of %s has files with different names",
    (_id, target) => {
      const { pictures, icon, texts } = planExport(
        target,
        { name: "fox", pixels: { width: 4000, height: 4000 } },
        "App",
      );
      const paths = [
        ...pictures.map(({ path }) => path),
        ...texts.map(({ path }) => path),
        ...(icon ? [icon.path] : []),
      ];
      expect(paths.length).toBeGreaterThan(0);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths.filter((path) => path.includes("{"))).toEqual([]);
    },
  );

  it("leaves out the widths that are wider than the picture, and keeps its shape", () => {
    const { pictures, tooLarge } = plan("srcset", { width: 1360, height: 768 });
    expect(pictures.map(({ path, picture: { width, height } }) => [path, width, height])).toEqual([
      ["fox-640w.webp", 640, 361],
      ["fox-1080w.webp", 1080, 610],
    ]);
    expect(tooLarge).toEqual([{ width: 1920, height: 1084 }]);
    expect(missingPixels(targetOf("srcset"), plan("srcset", { width: 1360, height: 768 }))).toBeUndefined();
  });

  it("takes a name as it is, also if it has signs that are special in replacements", () => {
    const { pictures } = planExport(targetOf("png"), { name: "a$&b$1", pixels: { width: 9, height: 9 } }, "App");
    expect(pictures.map(({ path }) => path)).toEqual(["a$&b$1.png"]);
  });

  it("names the pixels that a picture lacks for one of the files", () => {
    const small = plan("favicon", { width: 400, height: 400 });
    expect(missingPixels(targetOf("favicon"), small)).toEqual({ width: 512, height: 512 });
    expect(missingPixels(targetOf("og"), plan("og", { width: 1200, height: 629 }))).toEqual({
      width: 1200,
      height: 630,
    });
    expect(missingPixels(targetOf("og"), plan("og", { width: 1200, height: 630 }))).toBeUndefined();
  });

  it("keeps the subject of a maskable icon within the circle of 80 %", () => {
    const maskable = plan("favicon", { width: 2048, height: 2048 }).pictures.find(({ path }) =>
      path.includes("maskable"),
    );
    const { width, margin } = maskable?.picture ?? { width: 0, margin: 0 };
    expect(width + 2 * margin).toBe(512);
    // The corner of the picture is the point farthest from the centre.
    expect(Math.hypot(width / 2, width / 2)).toBeLessThanOrEqual(0.4 * 512);
    expect(Math.hypot(width / 2, width / 2)).toBeGreaterThan(0.39 * 512);
  });

  it("writes a manifest that lists each icon once, with its purpose", () => {
    const [manifest] = plan("favicon", { width: 2048, height: 2048 }).texts;
    expect(manifest?.path).toBe("site.webmanifest");
    expect(JSON.parse(manifest?.content ?? "")).toEqual({
      name: "Ostrel Hut",
      short_name: "Ostrel Hut",
      display: "standalone",
      icons: [
        { src: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
        { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
        { src: "/icon-512-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      ],
    });
  });
});

describe("the pixels that a user types", () => {
  it.each([
    ["400x300", { width: 400, height: 300, density: 1 }],
    [" 400 × 300 px @2x ", { width: 400, height: 300, density: 2 }],
    ["400@3X", { width: 400, density: 3 }],
    ["400", { width: 400, density: 1 }],
    ["0", undefined],
    ["400x0", undefined],
    ["400x300@4x", undefined],
    ["400.5", undefined],
    ["-400", undefined],
    ["", undefined],
  ])("of “%s” are %o", (text, pixels) => {
    expect(parsePixels(text)).toEqual(pixels);
  });

  it("become a file for each density, named as React Native and iOS read them", () => {
    const target = typedTarget({ width: 100, height: 60, density: 3 }, "WEBP");
    const { pictures } = planExport(target, { name: "fox", pixels: { width: 900, height: 900 } }, "App");
    expect(pictures.map(({ path, picture: { width, height } }) => [path, width, height])).toEqual([
      ["fox-100x60.webp", 100, 60],
      ["fox-100x60@2x.webp", 200, 120],
      ["fox-100x60@3x.webp", 300, 180],
    ]);
  });

  it("keep the shape of the picture without a height, on white in a JPEG", () => {
    const target = typedTarget({ width: 90, density: 1 }, "JPG");
    const [made] = planExport(target, { name: "fox", pixels: { width: 900, height: 300 } }, "App").pictures;
    expect(made).toMatchObject({ path: "fox-90w.jpg", picture: { width: 90, height: 30, background: "#ffffff" } });
  });
});

describe("the text files of a target", () => {
  const pixels = { width: 2048, height: 2048 };
  const textOf = (id: string, path: string) => plan(id, pixels).texts.find((one) => one.path === path)?.content ?? "";
  const names = (id: string) => plan(id, pixels).pictures.map(({ path }) => path);

  it("name the picture of an iOS app icon as Xcode reads it", () => {
    const contents = JSON.parse(textOf("ios-icon", "AppIcon.appiconset/Contents.json"));
    expect(names("ios-icon")).toEqual([`AppIcon.appiconset/${contents.images[0].filename}`]);
    expect(contents.images[0]).toMatchObject({ idiom: "universal", platform: "ios", size: "1024x1024" });
  });

  it("name the layers of an Android adaptive icon by their files and colour", () => {
    const xml = textOf("android-adaptive", "mipmap-anydpi-v26/ic_launcher.xml");
    expect(xml).toContain('<foreground android:drawable="@mipmap/ic_launcher_foreground" />');
    expect(xml).toContain('<background android:drawable="@color/ic_launcher_background" />');
    expect(names("android-adaptive")).toContain("mipmap-xxxhdpi/ic_launcher_foreground.png");
    const colours = textOf("android-adaptive", "values/ic_launcher_background.xml");
    expect(colours).toContain('<color name="ic_launcher_background">#ffffff</color>');
    const withPicture = textOf("android-background", "mipmap-anydpi-v26/ic_launcher.xml");
    expect(withPicture).toContain('<background android:drawable="@mipmap/ic_launcher_background" />');
    expect(names("android-background")).toContain("mipmap-xxxhdpi/ic_launcher_background.png");
  });

  it("list the icons of a web app, one of them maskable", () => {
    const { icons } = JSON.parse(textOf("pwa", "site.webmanifest"));
    const listed = icons.map(({ src }: { src: string }) => src.slice(1));
    expect(listed).toEqual(names("pwa"));
    expect(icons.map(({ purpose }: { purpose: string }) => purpose)).toEqual(["any", "any", "maskable"]);
  });
});

describe("an ICO file", () => {
  it("has a directory that points at each picture", () => {
    const pictures = [
      { side: 16, png: new Uint8Array([1, 2, 3]) },
      { side: 256, png: new Uint8Array([4, 5]) },
    ];
    const bytes = encodeIco(pictures);
    const view = new DataView(bytes.buffer);
    expect([0, 2, 4].map((at) => view.getUint16(at, true))).toEqual([0, 1, 2]);
    const entries = [6, 22].map((at) => ({
      sides: [view.getUint8(at), view.getUint8(at + 1)],
      bits: view.getUint16(at + 6, true),
      png: bytes.slice(view.getUint32(at + 12, true)).slice(0, view.getUint32(at + 8, true)),
    }));
    expect(entries).toEqual([
      { sides: [16, 16], bits: 32, png: pictures[0]?.png },
      { sides: [0, 0], bits: 32, png: pictures[1]?.png },
    ]);
  });
});

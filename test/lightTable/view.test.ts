import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  boxOf,
  isCropped,
  nextScale,
  pan,
  placeBox,
  scaleOf,
  type Viewport,
  visiblePart,
  zoomTo,
} from "../../src/lightTable/viewer/viewport.ts";

const side = fc.integer({ min: 1, max: 6000 });
const extent = fc.record({ width: side, height: side });
const paneExtent = fc.record({
  width: fc.integer({ min: 120, max: 3000 }),
  height: fc.integer({ min: 120, max: 2000 }),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyView: fc.Arbitrary<Viewport> = fc.record({
  scale: fc.oneof(fc.constant("fit" as const), fc.double({ min: 0.05, max: 16, noNaN: true })),
  x: share,
  y: share,
});
const fit: Viewport = { scale: "fit", x: 0.5, y: 0.5 };

describe("The box of two pictures", () => {
  test("is as wide as the wider and as high as the higher one", () => {
    expect(boxOf({ width: 1600, height: 900 }, { width: 1000, height: 1000 })).toEqual({ width: 1600, height: 1000 });
  });
});

describe("A view that fits", () => {
  test("shows a large picture completely and does not enlarge a small one", () => {
    const pane = { width: 832, height: 632 };
    expect(scaleOf(fit, { width: 1600, height: 900 }, pane)).toBe(0.5);
    expect(scaleOf(fit, { width: 16, height: 16 }, pane)).toBe(1);
  });

  test("is never cropped", () => {
    fc.assert(fc.property(extent, paneExtent, (box, pane) => !isCropped(fit, box, pane)));
  });
});

describe("Any view", () => {
  test("leaves no gap beside a larger picture than the pane, and centres a smaller one", () => {
    fc.assert(
      fc.property(anyView, extent, paneExtent, (view, box, pane) => {
        const { left, width } = placeBox(view, box, pane);
        if (width > pane.width) {
          expect(left).toBeLessThanOrEqual(0);
          expect(left + width).toBeGreaterThanOrEqual(pane.width - 1e-6);
        } else {
          expect(left * 2 + width).toBeCloseTo(pane.width, 6);
        }
      }),
    );
  });

  test("stays inside the picture when it is moved", () => {
    fc.assert(
      fc.property(anyView, extent, paneExtent, fc.integer({ min: -9000, max: 9000 }), (view, box, pane, by) => {
        const moved = pan(view, { x: by, y: -by }, box, pane);
        expect(placeBox(moved, box, pane)).toEqual(placeBox(pan(moved, { x: 0, y: 0 }, box, pane), box, pane));
        expect(visiblePart(placeBox(moved, box, pane), pane).width).toBeGreaterThan(0);
      }),
    );
  });
});

describe("Zooming", () => {
  const [box, pane] = [
    { width: 1600, height: 1200 },
    { width: 800, height: 600 },
  ];

  test("keeps the given point in place", () => {
    const point = { x: 200, y: 450 };
    const relativePosition = (view: Viewport) => {
      const { left, top, width, height } = placeBox(view, box, pane);
      return [(point.x - left) / width, (point.y - top) / height];
    };
    const once = zoomTo({ scale: 1, x: 0.5, y: 0.5 }, 2, box, pane, point);
    expect(scaleOf(once, box, pane)).toBe(2);
    const [x = 0, y = 0] = relativePosition({ scale: 1, x: 0.5, y: 0.5 });
    expect(relativePosition(once)[0]).toBeCloseTo(x, 9);
    expect(relativePosition(once)[1]).toBeCloseTo(y, 9);
  });

  test("goes to the next step, also from between two, and stops at 5 % and 1600 %", () => {
    expect([nextScale(1, 1), nextScale(1, -1), nextScale(0.42, 1), nextScale(0.42, -1)]).toEqual([
      1.5, 0.75, 0.5, 0.33,
    ]);
    expect([nextScale(16, 1), nextScale(0.05, -1)]).toEqual([16, 0.05]);
    expect(scaleOf(zoomTo(fit, 400, box, pane), box, pane)).toBe(16);
  });
});

import { runInNewContext } from "node:vm";
import { transform } from "esbuild";
import { describe, expect, test } from "vitest";
import { expectImage, expectLinkResolves, forBatches, pathOf, textOf, useLinkReaders } from "./writtenLinks.ts";

describe("For any path and prompt, a link", () => {
  const read = useLinkReaders();

  test.each(["html", "php"])(
    "is one image with the right file and alt text in %s, as a browser parses it",
    (language) =>
      forBatches(async (cases) => {
        const all = await read.html(cases.map((one) => textOf(language, one)));
        for (const [index, one] of cases.entries()) expectImage(all[index], one);
      }),
  );

  test("is one image with the right file and alt text in rendered Markdown", () =>
    forBatches(async (cases) => {
      const all = await read.markdown(cases.map((one) => textOf("markdown", one)));
      for (const [index, one] of cases.entries()) {
        const [paragraph, image, ...others] = all[index]?.elements ?? [];
        expect([paragraph?.name, image?.name, others, all[index]?.text]).toEqual(["p", "img", [], ""]);
        expect(image?.attributes).toEqual({ src: expect.any(String), alt: one.alt });
        expectLinkResolves(image?.attributes.src, one);
      }
    }));

  test("is one declaration with the right file in CSS, as a browser parses it", () =>
    forBatches(async (cases) => {
      const all = await read.css(cases.map((one) => `a { background-image: ${textOf("css", one)} }`));
      for (const [index, one] of cases.entries()) {
        expect(all[index]).toEqual({ rules: 1, declared: [["background-image", textOf("css", one)]] });
        expectLinkResolves(pathOf(one), one);
      }
    }));

  test("is one element with the right file and alt text in compiled JSX", () =>
    forBatches(async (cases) => {
      const source = `out = [${cases.map((one) => textOf("typescriptreact", one)).join(",\n")}];`;
      const { code } = await transform(source, { loader: "tsx", jsx: "transform", jsxFactory: "h" });
      const context: { out: Record<string, string>[]; h: unknown } = {
        out: [],
        h: (tag: string, attributes: Record<string, string>, ...children: unknown[]) => ({
          tag,
          ...attributes,
          children,
        }),
      };
      runInNewContext(code, context);
      expect(context.out).toHaveLength(cases.length);
      for (const [index, one] of cases.entries()) {
        const { src = "", ...element } = context.out[index] ?? {};
        expect({ ...element }).toEqual({ tag: "img", alt: one.alt, width: "2720", height: "1536", children: [] });
        expectLinkResolves(src, one);
      }
    }));
});

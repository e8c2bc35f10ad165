import { expect, test } from "vitest";
import { expectedFile } from "../../../src/core/files/keep.ts";
import { templateOfName } from "../../../src/core/files/naming.ts";
import type { Target } from "../../../src/core/request/request.ts";
import { storedJob, storedRequest } from "../../support/storedJob.ts";

const fileOf = (target: Partial<Target>, format = "PNG") =>
  expectedFile(
    storedJob({
      request: { ...storedRequest, format },
      target: { folder: "file:///site/my%20img", name: "hut", keep: "all", ...target },
    }),
  );

test("The file that a job makes is named by its target, encoded like all URIs", () => {
  expect(fileOf({ name: "chart#1 (new)" })).toBe("file:///site/my%20img/chart%231%20%28new%29.png");
  expect(fileOf({ name: "big/hut" })).toBe("file:///site/my%20img/big/hut.png");
});

test("It is known if the name is that of an existing file with braces", () => {
  expect(fileOf({ name: `${templateOfName("{date}-{n} {open} {{n}}")}-2x` })).toBe(
    "file:///site/my%20img/%7Bdate%7D-%7Bn%7D%20%7Bopen%7D%20%7B%7Bn%7D%7D-2x.png",
  );
  expect(fileOf({ name: `${templateOfName("{date}")}-{n}` })).toBeUndefined();
});

test("It ends in the extension of the target if that is one of its format, else in that of the format", () => {
  expect(fileOf({}, "JPG")).toBe("file:///site/my%20img/hut.jpg");
  expect(fileOf({ extension: "JPEG" }, "JPG")).toBe("file:///site/my%20img/hut.JPEG");
  expect(fileOf({ extension: "JPEG" }, "WEBP")).toBe("file:///site/my%20img/hut.webp");
});

test("It is unknown if the name depends on the picture, or a later version made its format", () => {
  expect([fileOf({ name: "{slug}" }), fileOf({ name: "{date}/hut" }), fileOf({}, "AVIF")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

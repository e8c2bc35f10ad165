import fc from "fast-check";
import { canonicalUri } from "../../src/core/files/uri.ts";
import type { Job, Picture } from "../../src/core/jobs/job.ts";
import { klingImage3 } from "../../src/core/models/family.ts";

/** Removes `undefined` values, as JSON does. */
const allOptional: { requiredKeys: never[] } = { requiredKeys: [] };

const text = fc.string({ unit: "binary", maxLength: 200 });
const path = fc.webPath({ size: "small" }).map((after) => `file:///site${after}`);

const picture: fc.Arbitrary<Picture> = fc
  .tuple(
    fc.record({
      id: fc.uuid({ version: 4 }),
      imageUUID: fc.string({ minLength: 1, maxLength: 100 }),
      kept: fc.uniqueArray(path.map(canonicalUri), { maxLength: 3 }),
    }),
    fc.record(
      {
        url: fc.webUrl(),
        seed: fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
        cost: fc.integer({ min: 0, max: 1_000_000 }).map((micros) => micros / 1e6),
        unsafe: fc.boolean(),
        file: fc.uuid().map((name) => `${name}.png`),
        width: fc.nat(4000),
        height: fc.nat(4000),
        format: fc.constantFrom(...klingImage3.formats),
        problem: text,
        starred: fc.boolean(),
        discarded: fc.boolean(),
      },
      allOptional,
    ),
  )
  // A picture in the vault has no error.
  .map(([known, { problem, ...more }]) =>
    problem === undefined || more.file !== undefined ? { ...known, ...more } : { ...known, ...more, problem },
  );

const shape = fc.oneof(
  fc.constantFrom(...klingImage3.sizes.map(({ width, height }) => ({ width, height }))),
  fc.record({ resolution: fc.constantFrom(...klingImage3.resolutions) }),
  fc.constant("like-reference" as const),
);

const request = fc
  .tuple(
    fc.record({
      prompt: fc.string({ unit: "binary", minLength: 1, maxLength: 2500 }),
      references: fc.array(fc.record({ label: text, source: path }, { requiredKeys: ["label"] }), { maxLength: 4 }),
      shape,
      count: fc.integer(klingImage3.results),
      format: fc.constantFrom(...klingImage3.formats),
      quality: fc.integer({ min: klingImage3.quality.min, max: klingImage3.quality.max }),
      outputType: fc.constantFrom(...klingImage3.outputTypes),
      deliveryMethod: fc.constantFrom(...klingImage3.deliveryMethods),
    }),
    fc.record(
      {
        safety: fc.record(
          { checkContent: fc.boolean(), mode: fc.constantFrom(...klingImage3.safetyModes) },
          allOptional,
        ),
        ttl: fc.integer({ min: 60 }),
        exportTarget: text,
        promptHint: text,
      },
      allOptional,
    ),
  )
  .map(([known, more]) => ({ ...known, ...more }));

/** Arbitrary jobs of job files. */
export const arbitraryJob: fc.Arbitrary<Job> = fc
  .tuple(
    fc.record({
      version: fc.constant(1 as const),
      taskUUID: fc.uuid({ version: 4 }),
      state: fc.constantFrom("sending", "running", "done", "failed", "unknown"),
      createdAt: fc.nat(),
      updatedAt: fc.nat(),
      endpoint: fc.constantFrom("sandbox", "https://api.runware.ai/v1"),
      model: fc.constant(klingImage3.id),
      request,
      target: fc.record(
        { folder: path, name: text, extension: text, keep: fc.constantFrom("all", "ask") },
        { requiredKeys: ["folder", "name", "keep"] },
      ),
      estimate: fc.integer({ min: 0, max: 1_000_000 }).map((micros) => micros / 1e6),
      pictures: fc.uniqueArray(picture, { selector: ({ id }) => id, maxLength: 5 }),
      failures: fc.array(fc.record({ code: text, message: text, field: text }, { requiredKeys: ["code", "message"] }), {
        maxLength: 3,
      }),
    }),
    fc.record({ progress: fc.nat(100), settled: fc.boolean() }, allOptional),
  )
  .map(([known, more]) => ({ ...known, ...more }));

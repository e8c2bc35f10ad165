import { describe, expect, test } from "vitest";
import { Jobs } from "../../../src/core/jobs/jobs.ts";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import type { Family, Model } from "../../../src/core/models/model.ts";
import { modelOfArgument, requestOfArgument } from "../../../src/core/request/argumentRequest.ts";
import { parseCommandArgument } from "../../../src/core/request/argumentSchema.ts";
import { toCurl } from "../../../src/core/request/codeSnippet.ts";
import { probe } from "../../../src/imaging/probe.ts";
import { createRequest, fileName, neverAborted, readBytes, setUp } from "../support/setUp.ts";

/** A model that does not exist: one entry of the table is all that Limn knows of it. */
const swan: Model = {
  ...klingImage3,
  id: "acme:swan@1",
  name: "Swan",
  sizes: [
    { width: 800, height: 600, ratio: "4:3", tier: "1k" },
    { width: 1200, height: 900, ratio: "4:3", tier: "4k" },
  ],
  resolutions: [],
  isSizeRequired: true,
  results: { min: 1, max: 3 },
  formats: ["PNG"],
  price: { "1k": 0.25, "4k": 0.5 },
};
const extended: Family = [...family, swan];

const {
  model: _,
  prompt: __,
  references: ___,
  shape: ____,
  count: _____,
  ...options
} = createRequest({ format: "PNG" });

/** Sandbox and window that know the made-up model, and the way from an argument to files. */
async function setUpSwan() {
  const { sandbox, environment, readJob: job } = await setUp({ family: extended });
  const jobs = new Jobs(environment.ports, extended);
  await jobs.journal.load();
  const run = (argument: unknown) => {
    const parsed = parseCommandArgument(argument);
    const model = modelOfArgument(parsed, extended, () => family[0]);
    const target = { folder: environment.picturesFolder, name: "{ratio}", keep: "all" } as const;
    return jobs.buy({ request: requestOfArgument(parsed, model, [], options), target }, neverAborted);
  };
  return { sandbox, environment, job, jobs, run };
}

describe("A model that is added to the table", () => {
  test("is driven from the argument of a command to the file, at its own price", async () => {
    const { sandbox, job, run } = await setUpSwan();
    const { files, cost } = await run({ prompt: "A swan", model: "acme:swan@1", size: "1200x900", count: 2 });
    expect(files.map(fileName)).toEqual(["4x3.png", "4x3-2.png"]);
    expect(probe(await readBytes(files[0] ?? ""))).toEqual({ format: "PNG", width: 1200, height: 900 });
    expect(cost).toBe(1);
    expect(sandbox.ledger.billed).toBe(1);
    expect(await job()).toMatchObject({ model: "acme:swan@1", estimate: 1 });
    expect((await job()).request).not.toHaveProperty("model");
  });

  test.each([
    [{ size: "1024x1024" }, "size", /Swan cannot make 1024 × 1024/],
    [{}, "size", /Swan needs a size/],
    [{ size: "800x600", count: 4 }, "count", /from 1 to 3/],
    [{ size: "800x600", model: "acme:swan@2" }, "model", /“acme:swan@2”.*“acme:swan@1”/],
  ])("is checked by its own rules before anything is sent: %j", async (more, field, message) => {
    const { sandbox, run } = await setUpSwan();
    await expect(async () => run({ prompt: "A swan", model: "acme:swan@1", ...more })).rejects.toMatchObject({
      kind: "input",
      field,
      message: expect.stringMatching(message),
    });
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("keeps its jobs in a version that does not know it", async () => {
    const { environment, job, run } = await setUpSwan();
    await run({ prompt: "A swan", model: "acme:swan@1", size: "800x600" });
    const older = await environment.openWindow();
    const [known] = older.journal.list();
    const [picture] = known?.pictures ?? [];
    if (known === undefined || picture === undefined) {
      throw new Error("The job of the unknown model is not in the journal.");
    }
    expect(known.model).toBe("acme:swan@1");
    expect(older.journal.unreadable()).toEqual([]);
    const again = await older.keep(known.taskUUID, picture, {
      folder: environment.picturesFolder,
      name: "again-{ratio}",
      keep: "ask",
    });
    expect(fileName(again)).toBe("again-800×600.png");
    await older.setMarks(known.taskUUID, picture.id, { starred: true });
    expect(await job()).toMatchObject({ model: "acme:swan@1", pictures: [{ starred: true }] });
    expect(toCurl(known, "b47f79d6-af49-4208-8995-63d507de6a05")).toContain('"model": "acme:swan@1"');
  });
});

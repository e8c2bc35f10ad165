import { describe, expect, test } from "vitest";
import { Jobs } from "../../../src/core/jobs/jobs.ts";
import { family } from "../../../src/core/models/family.ts";
import type { RecordedRequest } from "../../support/faultProxy.ts";
import { createJobRequest, fileName, isDownload, isPoll, neverAborted, setUp } from "../support/setUp.ts";

/** Sets up a service that holds the download of one of two pictures until `release` is called. */
async function setUpHeld(heldIndex: number) {
  const setup = await setUp();
  const { environment, faultProxy, jobs } = setup;
  const { promise: holdUntil, resolve: release } = Promise.withResolvers<void>();
  let heldUrl = "";
  faultProxy.setRule((request: RecordedRequest) => {
    if (isPoll(request)) {
      return {
        change: (body) => {
          const { data = [] }: { data?: { imageURL?: string }[] } = JSON.parse(body);
          heldUrl = data[heldIndex]?.imageURL ?? heldUrl;
          return body;
        },
      };
    }
    return isDownload(request) && heldUrl.endsWith(request.path) ? { holdUntil } : undefined;
  });
  const pictures = () => jobs.journal.list()[0]?.pictures ?? [];
  return { ...setup, release, pictures, folder: () => environment.listFolder("pictures") };
}

describe("A picture that is kept automatically", () => {
  test("is in its folder while the next one is on its way", async () => {
    const { buy, folder, release } = await setUpHeld(1);
    const outcome = buy({ count: 2 });
    await expect.poll(folder).toEqual(["lighthouse.jpg"]);
    release();
    expect((await outcome).files.map(fileName)).toEqual(["lighthouse.jpg", "lighthouse-2.jpg"]);
  });

  test("waits for those before it, so that the numbers in the names follow the order", async () => {
    const { buy, pictures, folder, release } = await setUpHeld(0);
    const outcome = buy({ count: 2 });
    await expect.poll(() => pictures().map(({ file }) => file !== undefined)).toEqual([false, true]);
    expect(await folder()).toEqual([]);
    release();
    const { job, files } = await outcome;
    expect(files.map(fileName)).toEqual(["lighthouse.jpg", "lighthouse-2.jpg"]);
    expect(job.pictures.flatMap(({ kept }) => kept)).toEqual(files);
  });

  test("is recorded as kept if the user stops waiting for the next one", async () => {
    const { buy, pictures, folder, environment } = await setUpHeld(1);
    const stop = new AbortController();
    const outcome = buy({ count: 2 }, {}, stop.signal);
    await expect.poll(folder).toEqual(["lighthouse.jpg"]);
    stop.abort();
    await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    await expect
      .poll(() => pictures().map(({ kept }) => kept))
      .toEqual([[`${environment.picturesFolder}/lighthouse.jpg`], []]);
  });
});

test("A job file is written once for each step of a purchase", async () => {
  const { environment } = await setUp();
  const steps: string[] = [];
  const { journal } = environment.ports;
  const write: typeof journal.write = (id, text, isPending) => {
    const { state, pictures }: { state: string; pictures: { file?: string; kept: string[] }[] } = JSON.parse(text);
    const ofPictures = pictures.map(({ file, kept }) =>
      kept.length > 0 ? "kept" : file === undefined ? "known" : "stored",
    );
    steps.push([state, ...ofPictures].join(" "));
    return journal.write(id, text, isPending);
  };
  const jobs = new Jobs({ ...environment.ports, journal: { ...journal, write } }, family);
  await jobs.buy(createJobRequest(environment), neverAborted);
  expect(steps).toEqual(["sending", "running", "running known", "running stored", "done stored", "done kept"]);
});

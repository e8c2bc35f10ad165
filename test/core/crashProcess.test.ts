import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crashRun, measureLife, type Setting } from "../support/crashRun.ts";
import { type Dealer, openDealer } from "../support/dealer.ts";
import { bundleProgram } from "../support/lives.ts";

const lives = 24;
const lanes = 2;

let folder: string;
let dealer: Dealer;
let setting: Setting;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "limn-life-"));
  dealer = await openDealer({ delay: 20 });
  const program = await bundleProgram("life", folder);
  setting = { program, dealer, length: await measureLife(program, dealer) };
});

afterAll(async () => {
  await dealer.close();
  await rm(folder, { recursive: true, force: true });
});

describe("A process killed by SIGKILL at random moments", () => {
  /** A seed of its own for each run of the tests; `LIMN_SEED` repeats one. */
  const seed = process.env.LIMN_SEED ?? String(Date.now());

  test(`has bought once and saved once when it has been started again (seed ${seed})`, async () => {
    const seeds = Array.from({ length: lives }, (_, index) => `${seed}-${index}`);
    const lane = async (first: number) => {
      const reports = [];
      for (const own of seeds.filter((_, index) => index % lanes === first)) {
        reports.push(await crashRun(setting, own));
      }
      return reports;
    };
    const reports = (await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)))).flat();
    expect(reports.filter(({ wrongs }) => wrongs.length > 0)).toEqual([]);
    // Runs that prove something: killed while there was something to lose.
    expect(reports.reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThan(lives / 2);
    expect(reports.filter(({ bought }) => bought > 0).length).toBeGreaterThan(lives / 4);
  }, 120_000);
});

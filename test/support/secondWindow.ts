// node secondWindow.ts '{"folder":…,"id":…,"seed":…,"rounds":…}'
//
// One of several windows that share a journal, each in its own process. Marks, keeps and settles
// pictures at random, as fast as it can, and writes what it did as one line of JSON. Then it reads
// the journal again for each line of input, as a window does when it is shown.
import { createInterface } from "node:readline";
import { Jobs } from "../../src/core/jobs/jobs.ts";
import { family } from "../../src/core/models/family.ts";
import { createRandom } from "../../src/sandbox/drawing/random.ts";
import { nodePorts } from "./nodePorts.ts";
import { silentLog } from "./silentLog.ts";

/** Argument of this program, as JSON. */
export interface SecondWindowOptions {
  readonly folder: string;
  /** UUID of the job to change. */
  readonly id: string;
  readonly seed: string;
  readonly rounds: number;
}

/** A mark that was set or removed. */
export interface Marking {
  readonly picture: string;
  readonly mark: "starred" | "discarded";
  readonly value: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What this program writes. */
export interface SecondWindowReport {
  readonly markings: readonly Marking[];
  /** UUIDs of the pictures it kept. */
  readonly kept: readonly string[];
  readonly settled: boolean;
}

async function runSecondWindow({ folder, id, seed, rounds }: SecondWindowOptions): Promise<void> {
  const random = createRandom(seed);
  let now = 0;
  const ports = {
    ...nodePorts(folder, { name: "sandbox", url: "http://127.0.0.1:1/v1", key: "" }, silentLog),
    now: () => now,
  };
  const jobs = new Jobs(ports, family);
  await jobs.journal.load();
  const markings: Marking[] = [];
  const kept: string[] = [];
  let settled = false;
  for (let round = 0; round < rounds; round++) {
    const [first, ...others] = jobs.journal.get(id)?.pictures ?? [];
    if (first === undefined) {
      throw new Error(`Job ${id} has no pictures.`);
    }
    const picture = random.pick([first, ...others]);
    const mark = random.pick(["starred", "discarded"] as const);
    const value = random.pick([true, false]);
    const choice = random.between(0, 1);
    now = Date.now();
    if (choice < 0.7) {
      await jobs.setMarks(id, picture.id, { [mark]: value });
      markings.push({ picture: picture.id, mark, value, at: now });
    } else if (choice < 0.95) {
      await jobs.keep(id, picture);
      kept.push(picture.id);
    } else {
      await jobs.markSettled(id);
      settled = true;
    }
  }
  const report: SecondWindowReport = { markings, kept, settled };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  for await (const _ of createInterface({ input: process.stdin })) {
    await jobs.journal.load();
    process.stdout.write("looked\n");
  }
}

const options: SecondWindowOptions = JSON.parse(process.argv[2] ?? "");
await runSecondWindow(options);

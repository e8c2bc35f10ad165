import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Crowd, Toll } from "./crowd.ts";
import { type Dealer, digestOf } from "./dealer.ts";
import { placesIn } from "./plainPorts.ts";
import { run } from "./run.ts";

/** What came of a crowd of jobs, bought at once through one window. */
export interface Load extends Toll {
  /** Tasks and pictures that the service has accepted for it. */
  readonly tasks: number;
  readonly bought: number;
  /** Different pictures among the files that were saved. */
  readonly saved: number;
  /** Bytes of all those pictures. */
  readonly bytes: number;
  /** Milliseconds for all of it. */
  readonly ms: number;
}

/** Buys so many jobs of four pictures at once. `program` is the bundled crowd. */
export async function loadRun(program: string, { sandbox, dealt }: Dealer, jobs: number): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), "limn-load-"));
  const before = { tasks: sandbox.ledger.tasks, dealt: dealt.size };
  try {
    const crowd: Crowd = { folder, url: sandbox.url, key: sandbox.key, jobs, count: 4 };
    const { code, output, ms } = await run(process.execPath, [program, JSON.stringify(crowd)], { quiet: true });
    if (code !== 0) {
      throw new Error(`The crowd did not come to its end:\n${output}`);
    }
    const toll: Toll = JSON.parse(output);
    const { pictures } = placesIn(folder);
    const names = (await readdir(pictures)).map((name) => join(pictures, name));
    const sizes = await Promise.all(names.map(async (name) => (await stat(name)).size));
    const saved = new Set<string>();
    for (const name of names) {
      saved.add(digestOf(await readFile(name)));
    }
    const made = [...dealt].slice(before.dealt);
    return {
      ...toll,
      tasks: sandbox.ledger.tasks - before.tasks,
      bought: made.length,
      saved: made.filter((digest) => saved.has(digest)).length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      ms,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

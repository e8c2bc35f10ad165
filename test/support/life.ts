// node life.ts '{"folder":…,"url":…,"key":…,"haste":…,"order":…}'
//
// A life of Limn in a process of its own: the core over the host's storage, as in a window, without VS Code. It clears what the dead have
// left, takes up whatever is unfinished, and buys what the order says, if there is one. It writes `alive` when it begins and `done` when
// nothing is left to do; whoever started it may kill it in between.

import { isUnfinished } from "../../src/core/job.ts";
import { Jobs } from "../../src/core/jobs.ts";
import { kling } from "../../src/core/kling.ts";
import type { Order } from "../../src/core/request.ts";
import { clearTemporaries } from "../../src/host/temporary.ts";
import { picturesUri, placesIn, plainPorts } from "./plainPorts.ts";

/** What a life is told. */
export interface Fate {
  readonly folder: string;
  readonly url: string;
  readonly key: string;
  /** How many times faster its pauses pass. */
  readonly haste: number;
  readonly request?: Order["request"];
}

const never = new AbortController().signal;
const say = (word: string): void => void process.stdout.write(`${word}\n`);
const quiet = () => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: (line: string) => void process.stderr.write(`${line}\n`) };

async function live({ folder, url, key, haste, request }: Fate): Promise<void> {
  const plain = plainPorts(folder, { name: "sandbox", url, key }, log);
  const jobs = new Jobs({ ...plain, sleep: (ms, signal) => plain.sleep(ms / haste, signal) }, kling);
  say("alive");
  await Promise.all(Object.values(placesIn(folder)).map(clearTemporaries));
  await jobs.journal.load();
  const left = jobs.journal.list().filter(isUnfinished);
  const target = { folder: picturesUri(folder), name: "fox", keep: "all" } as const;
  await Promise.allSettled([
    ...left.map(({ taskUUID }) => jobs.check(taskUUID, never)),
    ...(request === undefined ? [] : [jobs.buy({ request, target }, never)]),
  ]);
  say("done");
}

const fate: Fate = JSON.parse(process.argv[2] ?? "");
await live(fate);

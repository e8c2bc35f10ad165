import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { totalUsd } from "../../../src/core/money/spending.ts";
import type { LightTableTab } from "../../../src/host/lightTable/lightTableTab.ts";
import type { Panel } from "../../../src/host/panel/panel.ts";
import { type PanelState, receive } from "../../../src/panel/panelState.ts";
import type { DraftFields, Intent, JobView, PictureView, PromptView, Snapshot } from "../../../src/protocol.ts";
import { waitUntil } from "./commands.ts";
import { limn } from "./limn.ts";
import "./testService.ts";

/** Returns the panel of the extension under test, which exports it in test windows only. */
export const panel = async (): Promise<Panel> => (await limn()).panel;

/** Returns the light table of the extension under test. */
export const lightTable = async (): Promise<LightTableTab> => (await limn()).lightTable.load();

/** An intent in which the id of a press may be missing; `send` adds it. */
export type TestIntent<Each = Intent> = Each extends { readonly press: string }
  ? Omit<Each, "press"> & { readonly press?: string }
  : Each;

/** Sends a message to the panel as its page does. Adds a new id to a press without one. */
export const send = async (intent: TestIntent): Promise<void> => {
  const buys =
    intent.type === "generate" ||
    intent.type === "tryAgain" ||
    intent.type === "makeUnmade" ||
    intent.type === "makeMore";
  await (await panel()).handleMessage(buys ? { press: randomUUID(), ...intent } : intent);
};

/** What pages show that ask for everything. */
interface ShownPanel extends Snapshot {
  /** The jobs of the queue and of all pictures, newest first. */
  readonly jobs: readonly JobView[];
  readonly saved: readonly PromptView[];
  readonly history: readonly PromptView[];
}

/** Returns what the panel shows now to pages that open the list of prompts and see all pictures. */
export async function snapshot(): Promise<ShownPanel> {
  const opened = await panel();
  await opened.readJobs();
  const show = (filter: "all" | "discarded"): PanelState => {
    const feed = opened.createFeed();
    const started = receive(undefined, feed.start());
    feed.findPrompts("");
    feed.showSheet({ queryNumber: 1, text: "", filter, everywhere: true, columns: 1, first: 0, count: 100_000 });
    const update = feed.next();
    const shown = update && receive(started, update);
    assert.ok(shown, "The feed sent nothing.");
    return shown;
  };
  const all = show("all");
  const jobs = new Map([...all.jobs, ...show("discarded").jobs]);
  return {
    ...all,
    jobs: [...jobs.values()].sort((one, other) => other.createdAt - one.createdAt),
    saved: all.prompts?.saved ?? [],
    history: all.prompts?.history ?? [],
  };
}

/** USD that count for the budget of today, also those that other tests may have spent. */
export async function countedToday(): Promise<number> {
  const { spendingToday } = (await snapshot()).engine;
  return spendingToday === undefined ? 0 : totalUsd(spendingToday);
}

let promptCount = 0;

/** Returns a prompt that no other test uses. */
export const freshPrompt = (what = "A red fox"): string => `${what}, number ${++promptCount}`;

/** Returns the newest job of this prompt in the snapshot. */
export async function findJobView(prompt: string): Promise<JobView | undefined> {
  const { jobs } = await snapshot();
  return jobs.find((job) => job.prompt === prompt);
}

/** Returns the draft of a small picture, as a PNG. */
export const draftOf = (prompt: string, more: DraftFields = {}): DraftFields => ({
  prompt,
  shape: { width: 1024, height: 1024 },
  count: 1,
  format: "PNG",
  ...more,
});

/** Waits until the job of this prompt has ended and returns it. */
export const waitForEnd = (prompt: string): Promise<JobView> =>
  waitUntil(`the job “${prompt}” has ended`, async () => {
    const job = await findJobView(prompt);
    return job !== undefined && !job.isFollowed && job.state !== "sending" && job.state !== "running" && job;
  });

/** Generates pictures from the panel and returns the finished job. */
export async function generateAndWait(prompt: string, more: DraftFields = {}): Promise<JobView> {
  await send({ type: "generate", draft: draftOf(prompt, more) });
  assert.equal((await snapshot()).lastError, undefined);
  return waitForEnd(prompt);
}

/** Returns the first picture of a job and the page's reference to it. */
export function firstPicture(job: JobView): {
  readonly picture: PictureView;
  readonly ref: { job: string; picture: string };
} {
  const [picture] = job.pictures;
  assert.ok(picture, "The job shows no picture.");
  return { picture, ref: { job: job.id, picture: picture.id } };
}

/** Removes all references from the draft. */
export async function clearReferences(): Promise<void> {
  await send({ type: "dismissError" });
  for (const { id } of (await snapshot()).draft.references) {
    await send({ type: "removeReference", id });
  }
}

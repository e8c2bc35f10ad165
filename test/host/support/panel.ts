import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { extensions } from "vscode";
import type { TestExports } from "../../../src/extension.ts";
import type { Panel } from "../../../src/host/panel/panel.ts";
import type { DraftFields, Intent, JobView, PictureView, Snapshot } from "../../../src/protocol.ts";
import { waitUntil } from "./commands.ts";
import "./testService.ts";

/** The panel of the extension under test, which hands it out in test windows only. */
export async function panel(): Promise<Panel> {
  const exported = await extensions.getExtension<TestExports | undefined>("limn.limn")?.activate();
  assert.ok(exported, "Limn does not hand out its panel.");
  return exported.panel();
}

/** An intent as a test writes it: a press of a button that buys may leave its id to `send`. */
export type TestIntent<Each = Intent> = Each extends { readonly press: string }
  ? Omit<Each, "press"> & { readonly press?: string }
  : Each;

/**
 * Has the panel do what a message of its page asks for. Each press has an id of its own, as in the
 * page.
 */
export const send = async (intent: TestIntent): Promise<void> => {
  const buys = intent.type === "generate" || intent.type === "tryAgain";
  await (await panel()).handleMessage(buys ? { press: randomUUID(), ...intent } : intent);
};

/** What the page would be shown now. */
export const snapshot = async (): Promise<Snapshot> => (await panel()).snapshot();

let promptCount = 0;

/** A prompt no other test uses. */
export const freshPrompt = (what = "A red fox"): string => `${what}, number ${++promptCount}`;

/** The newest job of this prompt in the snapshot. */
export async function findJobView(prompt: string): Promise<JobView | undefined> {
  const { jobs } = await snapshot();
  return jobs.find((job) => job.prompt === prompt);
}

/** A small picture in a format whose bytes tell its size. */
export const draftOf = (prompt: string, more: DraftFields = {}): DraftFields => ({
  prompt,
  shape: { width: 1024, height: 1024 },
  count: 1,
  format: "PNG",
  ...more,
});

/** Waits until the job of this prompt is over and shown with its pictures. */
export const waitForEnd = (prompt: string): Promise<JobView> =>
  waitUntil(`the job “${prompt}” has ended`, async () => {
    const job = await findJobView(prompt);
    return job !== undefined && !job.isFollowed && job.state !== "sending" && job.state !== "running" && job;
  });

/** Generates pictures from the panel, and gives the job when they are there. */
export async function generateAndWait(prompt: string, more: DraftFields = {}): Promise<JobView> {
  await send({ type: "generate", draft: draftOf(prompt, more) });
  assert.equal((await snapshot()).lastError, undefined);
  return waitForEnd(prompt);
}

/** The first picture of a job, and how the page names it. */
export function firstPicture(job: JobView): {
  readonly picture: PictureView;
  readonly ref: { job: string; picture: string };
} {
  const [picture] = job.pictures;
  assert.ok(picture, "The job shows no picture.");
  return { picture, ref: { job: job.id, picture: picture.id } };
}

/** Takes all references out of the draft. */
export async function clearReferences(): Promise<void> {
  await send({ type: "dismissTrouble" });
  for (const { id } of (await snapshot()).draft.references) {
    await send({ type: "removeReference", id });
  }
}

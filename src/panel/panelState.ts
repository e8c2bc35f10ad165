import type { JobView, OptionalFields, Snapshot, SnapshotMessage, UpdateMessage } from "../protocol.ts";

/** What the page knows. */
export interface PanelState extends Snapshot {
  /** The jobs that it shows, and those that the last message brought, by their id. */
  readonly jobs: ReadonlyMap<string, JobView>;
  /** Ids of the jobs that have ended with the last message. */
  readonly ended: readonly string[];
}

/** Fields that the form does not show. */
const otherFields: ReadonlySet<string> = new Set([
  "queue",
  "sheet",
  "places",
  "vaultBytes",
  "lastDiscarded",
  "reveal",
] satisfies (keyof OptionalFields)[]);

/** Whether the message changes what the form shows. */
export const changesForm = (message: SnapshotMessage | UpdateMessage): boolean =>
  message.type === "snapshot" ||
  [...Object.keys(message.changed), ...message.removed].some((field) => !otherFields.has(field));

/** What the page knows after a message; `undefined` before the first snapshot. */
export function receive(
  before: PanelState | undefined,
  message: SnapshotMessage | UpdateMessage,
): PanelState | undefined {
  if (message.type === "snapshot") {
    return { ...message.snapshot, jobs: new Map(), ended: [] };
  }
  if (before === undefined) {
    return undefined;
  }
  const jobs = new Map(before.jobs);
  for (const id of message.dropped) {
    jobs.delete(id);
  }
  for (const job of message.jobs) {
    jobs.set(job.id, job);
  }
  const after: { -readonly [Field in keyof PanelState]: PanelState[Field] } = {
    ...before,
    ...message.changed,
    jobs,
    ended: message.ended,
  };
  for (const field of message.removed) {
    delete after[field];
  }
  return after;
}

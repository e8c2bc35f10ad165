import type { JobView } from "../../protocol.ts";
import type { PanelState } from "../panelState.ts";

/** The jobs of the queue that the host has sent. */
export const queuedJobs = ({ queue, jobs }: PanelState): readonly JobView[] =>
  (queue?.jobs ?? []).flatMap((id) => jobs.get(id) ?? []);

/** Whether the sheet shows the jobs that this window waits for, above their pictures. */
export const isWaitInSheet = ({ sheet }: PanelState): boolean => sheet?.showsWaiting !== false;

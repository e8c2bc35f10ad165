import { commands, l10n } from "vscode";
import { type Job, unkept } from "../core/job.ts";
import { viewId } from "./ids.ts";
import { tell } from "./tell.ts";

/** Says where the pictures of a job are that the user did not choose from: they are paid for. */
export function tellWaiting(job: Job): void {
  void tell(
    l10n.t(
      "Pictures in Limn's vault that are not saved yet: {0}. “Limn: Show Unfinished Jobs” asks again which to keep.",
      unkept(job).length,
    ),
    { label: l10n.t("Show"), run: () => commands.executeCommand(`${viewId}.focus`) },
  );
}

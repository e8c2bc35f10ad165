import { l10n } from "vscode";
import { type Job, unkeptPictures } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";

/** Says where the pictures of a job are that the user did not choose from: they are paid for. */
export function notifyUnkeptPictures({ revealPictures }: Pick<Services, "revealPictures">, job: Job): void {
  void notify(
    l10n.t(
      "Pictures in Limn's vault that are not saved yet: {0}. “Limn: Show Unfinished Jobs” asks again which to keep.",
      unkeptPictures(job).length,
    ),
    { label: l10n.t("Show"), run: () => revealPictures.fire() },
  );
}

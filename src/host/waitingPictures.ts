import { l10n } from "vscode";
import { type Job, unkept } from "../core/job.ts";
import type { Services } from "./services.ts";
import { tell } from "./tell.ts";

/** Says where the pictures of a job are that the user did not choose from: they are paid for. */
export function tellWaiting({ revealPictures }: Pick<Services, "revealPictures">, job: Job): void {
  void tell(
    l10n.t(
      "Pictures in Limn's vault that are not saved yet: {0}. “Limn: Show Unfinished Jobs” asks again which to keep.",
      unkept(job).length,
    ),
    { label: l10n.t("Show"), run: () => revealPictures.fire() },
  );
}

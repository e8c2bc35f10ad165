import { l10n } from "vscode";
import { type Job, unkeptPictures } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";

/** Shows the user where pictures are that were paid for but not chosen yet. */
export function notifyUnkeptPictures({ lightTable }: Pick<Services, "lightTable">, job: Job): void {
  const unkept = unkeptPictures(job);
  void notify(
    unkept.length === 1
      ? l10n.t(
          "1 picture in Limn's vault is not saved yet. “Limn: Show Unfinished Jobs” asks again whether to keep it.",
        )
      : l10n.t(
          "{0} pictures in Limn's vault are not saved yet. “Limn: Show Unfinished Jobs” asks again which to keep.",
          unkept.length,
        ),
    {
      label: l10n.t("Show"),
      run: async () => (await lightTable.load()).show({ job: job.taskUUID, picture: unkept[0]?.id ?? "" }),
    },
  );
}

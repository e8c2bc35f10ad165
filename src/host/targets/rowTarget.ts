import { l10n, type Uri } from "vscode";
import type { DraftRequest } from "../../core/draftImages/draftImage.ts";
import type { Pixels } from "../../core/models/size.ts";
import { fitText } from "../../core/targets/fitText.ts";
import { promptHint } from "../../core/targets/promptHint.ts";
import { fitOf, targetPixels } from "../../core/targets/targetFit.ts";
import { offeredTargets } from "./offeredTargets.ts";
import type { TargetServices } from "./projectTargets.ts";

/** What the picture of a draft is for. */
export interface RowTarget {
  /** The id that the draft has kept. */
  readonly keptId: string;
  /** The same id if that target is offered. */
  readonly offeredId: string | undefined;
  /** Says what a picture of this size is for, and if it is too small for that. */
  describe(size: Pixels): string;
  /** The sentence that is added to the prompt of a picture of this size. */
  hintFor(size: Pixels): string | undefined;
}

/** The target of a draft. A repository may have named any; those of the project come first. */
export async function rowTarget(
  services: TargetServices,
  file: Uri,
  { hint }: Pick<DraftRequest, "hint">,
  keptId: string,
): Promise<RowTarget> {
  const target = (await offeredTargets(services, file)).find(({ id }) => id === keptId);
  if (target === undefined) {
    return {
      keptId,
      offeredId: undefined,
      describe: () => l10n.t("for a target that is not offered any more"),
      hintFor: () => undefined,
    };
  }
  const wanted = targetPixels(target);
  return {
    keptId,
    offeredId: target.id,
    describe: (size) => {
      const fit = fitOf(wanted, size);
      const name = l10n.t("for {0}", target.name);
      return fit.missing === undefined ? name : `${name} · ${fitText(size, fit)}`;
    },
    hintFor: (size) => (hint === undefined ? undefined : promptHint(wanted, size)),
  };
}

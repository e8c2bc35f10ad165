import * as l10n from "@vscode/l10n";
import { formatUsd } from "../../core/money/usd.ts";
import { editLabel } from "../../core/request/editLabel.ts";
import type { JobView, Remedy, Snapshot } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import { formatNumber } from "../shared/format.ts";
import { isUnsent, isWaitedFor, missingPictures } from "../shared/jobState.ts";
import { buy, isPressed, onBuyClick } from "../shared/press.ts";
import { remedyLabels } from "../shared/remedy.ts";

/** A button of a job. */
export interface JobAction {
  readonly name: string;
  readonly icon: string;
  /** Tooltip: what it does, and what it does not do. */
  readonly hint: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly isDisabled?: boolean;
}

const stopWaitingAction = ({ id, isSandbox: sandbox }: JobView): JobAction => ({
  name: l10n.t("Stop Waiting"),
  icon: "debug-stop",
  hint: sandbox
    ? l10n.t("The request goes on; check again later for its pictures.")
    : l10n.t("The request goes on and is billed all the same; check again later for its pictures."),
  onClick: () => post({ type: "stopWaiting", job: id }),
});

const withdrawAction = ({ id }: JobView): JobAction => ({
  name: l10n.t("Withdraw"),
  icon: "circle-slash",
  hint: l10n.t("Nothing of it was sent yet, so it costs nothing."),
  onClick: () => post({ type: "withdraw", job: id }),
});

/** Ends the wait for a job: before it was sent, or after. */
export const waitAction = (job: JobView): JobAction => (isUnsent(job) ? withdrawAction(job) : stopWaitingAction(job));

const checkAgainAction = ({ id }: JobView): JobAction => ({
  name: l10n.t("Check Again"),
  icon: "sync",
  hint: l10n.t("Asks what became of it. Free: nothing is bought."),
  onClick: () => post({ type: "checkAgain", job: id }),
});

/** The service in use now decides what trying again costs, not the one that the job was sent to. */
const isFree = ({ engine }: Snapshot): boolean => engine.kind === "sandbox";

const tryAgainHint = (snapshot: Snapshot): string =>
  isFree(snapshot) ? l10n.t("Trying again is free in the sandbox.") : l10n.t("Trying again is a new purchase.");

/** A button that buys what was not made, with its price unless it is free. */
function buyAction(
  { id, tryAgainEstimate: price }: JobView,
  snapshot: Snapshot,
  name: string,
  onBuy: () => void,
): JobAction {
  const isSending = isPressed({ job: id }, snapshot);
  const label = isFree(snapshot) || price === undefined ? name : l10n.t("{0} · about {1}", name, formatUsd(price));
  return {
    name: isSending ? l10n.t("Preparing…") : label,
    icon: "refresh",
    hint: tryAgainHint(snapshot),
    isDisabled: isSending,
    onClick: onBuyClick(onBuy),
  };
}

const unmadeName = (unmade: number): string =>
  unmade === 1 ? l10n.t("Make the Missing One") : l10n.t("Make the Missing {0}", formatNumber(unmade));

const tryAgainAction = (job: JobView, snapshot: Snapshot): JobAction =>
  buyAction(job, snapshot, l10n.t("Try Again"), () => void buy({ type: "tryAgain", job: job.id }, snapshot));

const makeUnmadeAction = (job: JobView, unmade: number, snapshot: Snapshot): JobAction =>
  buyAction(job, snapshot, unmadeName(unmade), () => void buy({ type: "makeUnmade", job: job.id }, snapshot));

const dismissUnmadeAction = ({ id }: JobView): JobAction => ({
  name: l10n.t("Dismiss"),
  icon: "close",
  hint: l10n.t("Removes it from this list. Its pictures stay."),
  onClick: () => post({ type: "dismissUnmade", job: id }),
});

const remedyIcons: Readonly<Record<Remedy, string>> = {
  setApiKey: "key",
  getKey: "link-external",
  showLog: "output",
  settings: "gear",
  budget: "gear",
};

/** What helps after the failure, which trying again alone does not. */
function remedyAction({ id, remedy, failures: [failure] }: JobView): readonly JobAction[] {
  if (remedy === undefined) {
    return [];
  }
  if (remedy !== "edit") {
    const onClick = () => post({ type: "command", command: remedy });
    return [{ name: remedyLabels[remedy], icon: remedyIcons[remedy], hint: remedyLabels[remedy], onClick }];
  }
  return [
    {
      name: editLabel(failure?.field),
      icon: "edit",
      hint: l10n.t("Puts prompt and settings of this job into the form."),
      onClick: () => post({ type: "reuse", job: id }),
    },
  ];
}

const forgetAction = ({ id }: JobView): JobAction => ({
  name: l10n.t("Forget"),
  icon: "trash",
  hint: l10n.t("Removes it from this list."),
  onClick: () => post({ type: "forget", job: id }),
});

/** The actions that a job offers in its state. */
export function actionsFor(job: JobView, snapshot: Snapshot): readonly JobAction[] {
  if (isWaitedFor(job)) {
    return [waitAction(job)];
  }
  if (job.state === "failed") {
    return [...remedyAction(job), tryAgainAction(job, snapshot), forgetAction(job)];
  }
  if (job.state !== "done") {
    return [checkAgainAction(job), forgetAction(job)];
  }
  // The pictures of a finished job are in the sheet, so this list does not offer to forget it.
  return [
    ...(job.unmade === undefined ? [] : [makeUnmadeAction(job, job.unmade, snapshot), dismissUnmadeAction(job)]),
    ...(missingPictures(job).length > 0 ? [checkAgainAction(job)] : []),
  ];
}

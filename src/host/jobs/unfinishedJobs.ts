import { l10n, type QuickPickItem, ThemeIcon, window } from "vscode";
import { isUnfinished, type Job, unkeptPictures } from "../../core/jobs/job.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { mayBeBilled } from "../../core/money/spending.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { confirmKeyOrigin } from "../connection/confirmKeyOrigin.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import type { Services } from "../services.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { notify } from "../ui/notify.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";
import { forgetDetail } from "./forgetTexts.ts";
import { notifyOutcome } from "./notifyOutcome.ts";
import { waitAndKeep } from "./purchase.ts";
import { confirmForget, type UnfinishedJobEntry } from "./unfinishedJobEntry.ts";
import { unreadableEntries } from "./unreadableJobs.ts";

/** The state of a job in words. */
function jobStatusText(job: Job): string {
  const unkeptCount = unkeptPictures(job).length;
  const unfetchedCount = job.pictures.filter(({ file }) => file === undefined).length;
  const fallbackPath = job.pictures.find((picture) => picture.fallbackPath !== undefined)?.fallbackPath;
  if (job.state === "unknown") {
    return mayBeBilled(job) ? l10n.t("outcome unknown, may have been billed") : l10n.t("outcome unknown");
  }
  if (job.state === "sending" || job.state === "running") {
    return l10n.t("not finished");
  }
  if (fallbackPath !== undefined) {
    return l10n.t("not in the vault yet, but at {0}", fallbackPath);
  }
  return unfetchedCount > 0
    ? l10n.t("pictures not fetched yet: {0}", unfetchedCount)
    : l10n.t("in the vault, not saved yet: {0}", unkeptCount);
}

interface UnfinishedJobAction extends QuickPickItem {
  readonly run: (services: Services, job: Job) => Promise<void>;
}

async function checkAgain(services: Services, { taskUUID, request, endpoint }: Job): Promise<void> {
  await confirmKeyOrigin(services, endpoint);
  await waitAndKeep(services, request, undefined, (signal, onUpdate) =>
    services.jobs.checkAgain(taskUUID, signal, onUpdate),
  );
}

async function chooseAndSave(services: Services, job: Job): Promise<void> {
  const files = await (await import("./choosePictures.ts")).chooseAndKeep(services, job);
  if (files.length > 0) {
    await notifyOutcome(services, services.jobs.journal.get(job.taskUUID) ?? job, files, undefined);
  }
}

/** Adds the prompt to the history first. If that fails, the job stays. */
async function removeJob({ jobs, promptHistory }: Services, { taskUUID, request, createdAt }: Job): Promise<void> {
  if (request.prompt.trim() !== "" && request.tool === undefined) {
    await promptHistory.add(request.prompt, createdAt);
  }
  await jobs.journal.forget(taskUUID);
}

/** Removes a job from all lists. Asks first, unless certainly nothing was bought. */
export async function forgetJob(services: Services, job: Job): Promise<void> {
  if (job.state === "failed" && job.pictures.length === 0 && !mayBeBilled(job)) {
    await removeJob(services, job);
    return;
  }
  if (await confirmForget(forgetDetail(job))) {
    await removeJob(services, job);
  }
}

/** What the user can do with the job. */
function actionsFor(job: Job): UnfinishedJobAction[] {
  const isIncomplete =
    job.state !== "done" ||
    job.pictures.some(({ file, fallbackPath }) => file === undefined || fallbackPath !== undefined);
  return [
    ...(isIncomplete
      ? [{ label: l10n.t("$(sync) Check Again"), description: l10n.t("free; nothing is bought"), run: checkAgain }]
      : []),
    ...(unkeptPictures(job).length > 0
      ? [{ label: l10n.t("$(save) Choose and Save…"), description: l10n.t("from the vault"), run: chooseAndSave }]
      : []),
    { label: l10n.t("$(trash) Forget…"), description: l10n.t("remove it from this list"), run: forgetJob },
  ];
}

const jobEntry = (services: Services, job: Job): UnfinishedJobEntry => ({
  label: promptExcerpt(job.request.prompt),
  description: escapeMarkup(jobStatusText(job)),
  detail: [
    new Date(job.createdAt).toLocaleString(),
    usesRealMoney(job)
      ? l10n.t("requested {0}, about {1}", job.request.count, formatUsd(job.estimate))
      : l10n.t("requested {0}, {1}", job.request.count, freeInSandbox()),
  ].join(" · "),
  iconPath: new ThemeIcon(job.state === "done" ? "archive" : "question"),
  onSelect: async () => {
    const action = await window.showQuickPick(actionsFor(job), { title: promptExcerpt(job.request.prompt) });
    await action?.run(services, job);
  },
});

/** Lists unfinished jobs, and what the user can do with each. */
export async function showUnfinishedJobs(services: Services): Promise<void> {
  await services.jobs.journal.load();
  await services.jobs.recover();
  const jobs = services.jobs.journal
    .list()
    .filter((job) => isUnfinished(job) && !services.jobs.isFollowed(job.taskUUID));
  const entries = [...jobs.map((job) => jobEntry(services, job)), ...unreadableEntries(services)];
  if (entries.length === 0) {
    void notify(l10n.t("There are no unfinished jobs."));
    return;
  }
  const title = l10n.t("Unfinished Jobs");
  const placeHolder = l10n.t("Choose a job");
  const picked = await window.showQuickPick(entries, { title, placeHolder, matchOnDetail: true });
  await picked?.onSelect();
}

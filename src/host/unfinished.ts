import { l10n, type QuickPickItem, ThemeIcon, window } from "vscode";
import { isOpen, isUnfinished, type Job, unkept } from "../core/job.ts";
import { costsMoney, mayBeBilled } from "../core/ledger.ts";
import { formatUsd } from "../core/price.ts";
import { ensureAddress } from "./keyAddress.ts";
import { announce } from "./outcome.ts";
import { plain } from "./plain.ts";
import { accompany, chooseAndKeep, excerpt } from "./purchase.ts";
import { freeInSandbox } from "./sandboxPrice.ts";
import type { Services } from "./services.ts";
import { tell } from "./tell.ts";
import { type Entry, unreadableEntries } from "./unreadableJobs.ts";

/** How a job stands, as a person would say it. */
function standing(job: Job): string {
  const waiting = unkept(job).length;
  const lost = job.pictures.filter(({ file }) => file === undefined).length;
  const rescued = job.pictures.find((picture) => picture.rescued !== undefined)?.rescued;
  if (job.state === "unknown") {
    return mayBeBilled(job) ? l10n.t("outcome unknown, may have been billed") : l10n.t("outcome unknown");
  }
  if (job.state === "sending" || job.state === "running") {
    return l10n.t("not finished");
  }
  if (rescued !== undefined) {
    return l10n.t("not in the vault yet, but at {0}", rescued);
  }
  return lost > 0 ? l10n.t("pictures not fetched yet: {0}", lost) : l10n.t("in the vault, not saved yet: {0}", waiting);
}

interface Action extends QuickPickItem {
  readonly run: (services: Services, job: Job) => Promise<void>;
}

async function checkAgain(services: Services, { taskUUID, request, endpoint }: Job): Promise<void> {
  await ensureAddress(services, endpoint);
  await accompany(services, request, undefined, (signal, hear) => services.jobs.check(taskUUID, signal, hear));
}

async function save(services: Services, job: Job): Promise<void> {
  const files = await chooseAndKeep(services, job);
  if (files.length > 0) {
    await announce(services, services.jobs.journal.get(job.taskUUID) ?? job, files, undefined);
  }
}

/** The prompt goes into the history first: where that cannot be written, the job stays. */
async function takeOff({ jobs, promptHistory }: Services, { taskUUID, request, createdAt }: Job): Promise<void> {
  if (request.prompt.trim() !== "") {
    await promptHistory.add(request.prompt, createdAt);
  }
  await jobs.journal.forget(taskUUID);
}

/** Takes a job off all lists. Asks first, unless it is sure that nothing was bought. */
export async function forget(services: Services, job: Job): Promise<void> {
  if (job.state === "failed" && job.pictures.length === 0 && !mayBeBilled(job)) {
    await takeOff(services, job);
    return;
  }
  const yes = l10n.t("Forget");
  const detail = l10n.t(
    "Limn will not ask Runware for it again. Pictures that arrived stay in the vault, and what it cost stays in the spending report.",
  );
  const isBillable = mayBeBilled(job) || (isOpen(job) && costsMoney(job));
  const pressed = await window.showWarningMessage(
    l10n.t("Forget this job?"),
    { modal: true, detail: isBillable ? `${detail} ${l10n.t("It may have been billed.")}` : detail },
    yes,
  );
  if (pressed === yes) {
    await takeOff(services, job);
  }
}

/** What can be done about a job as it stands. */
function actionsFor(job: Job): Action[] {
  const open =
    job.state !== "done" || job.pictures.some(({ file, rescued }) => file === undefined || rescued !== undefined);
  return [
    ...(open
      ? [{ label: l10n.t("$(sync) Check Again"), description: l10n.t("free; nothing is bought"), run: checkAgain }]
      : []),
    ...(unkept(job).length > 0
      ? [{ label: l10n.t("$(save) Choose and Save…"), description: l10n.t("from the vault"), run: save }]
      : []),
    { label: l10n.t("$(trash) Forget…"), description: l10n.t("take it off this list"), run: forget },
  ];
}

/** The job as an entry of the list. */
const entryOf = (services: Services, job: Job): Entry => ({
  label: excerpt(job.request.prompt),
  description: plain(standing(job)),
  detail: [
    new Date(job.createdAt).toLocaleString(),
    costsMoney(job)
      ? l10n.t("asked for {0}, about {1}", job.request.count, formatUsd(job.estimate))
      : l10n.t("asked for {0}, {1}", job.request.count, freeInSandbox()),
  ].join(" · "),
  iconPath: new ThemeIcon(job.state === "done" ? "archive" : "question"),
  act: async () => {
    const action = await window.showQuickPick(actionsFor(job), { title: excerpt(job.request.prompt) });
    await action?.run(services, job);
  },
});

/** Shows jobs that are not at their end, and what can be done about each. */
export async function showUnfinishedJobs(services: Services): Promise<void> {
  await services.jobs.journal.load();
  await services.jobs.recover();
  const jobs = services.jobs.journal
    .list()
    .filter((job) => isUnfinished(job) && !services.jobs.isFollowed(job.taskUUID));
  const entries = [...jobs.map((job) => entryOf(services, job)), ...unreadableEntries(services)];
  if (entries.length === 0) {
    void tell(l10n.t("No unfinished jobs: everything that was bought has arrived and been dealt with."));
    return;
  }
  const title = l10n.t("Unfinished Jobs");
  const placeHolder = l10n.t("Choose a job");
  const picked = await window.showQuickPick(entries, { title, placeHolder, matchOnDetail: true });
  await picked?.act();
}

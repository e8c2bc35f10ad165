import { isStopped, LimnError } from "../../core/errors.ts";
import { editLabel } from "../../core/request/editLabel.ts";
import { checkKeyAndBalance, clearApiKey, setApiKey } from "../connection/keyCommands.ts";
import type { CommandId } from "../ids.ts";
import { showUnfinishedJobs } from "../jobs/unfinishedJobs.ts";
import { insertLinkCommand } from "../links/insertLinkCommand.ts";
import { showSpending } from "../money/spendingCommands.ts";
import { addReferences } from "../panel/draft/addReferences.ts";
import { undoReplace } from "../panel/pictures/replaceImage.ts";
import type { Services } from "../services.ts";
import { errorMessage, isAboutRequest } from "../ui/errorMessage.ts";
import { type NotificationAction, notifyError } from "../ui/notify.ts";
import { openWalkthrough } from "../ui/walkthrough.ts";
import { isCommandArgument } from "./commandArgument.ts";
import { edit, generate, generateFromSelection } from "./generate.ts";
import { toolCommand } from "./toolCommand.ts";

type CommandHandler = (services: Services, ...parameters: readonly unknown[]) => Promise<unknown>;

/** Loaded at the first use. */
const missingImageCommands = () => import("../missingImages/missingImageCommands.ts");

/** Loaded at the first use. */
const draftCommands = () => import("../draftImages/draftCommands.ts");

/** Loaded at the first use. */
const dataUriCommands = () => import("../dataUri/dataUriCommands.ts");

/** Loaded at the first use. */
const compareCommands = () => import("../lightTable/compareCommands.ts");

/** What each command runs. */
export const handlers = {
  "limn.generate": generate,
  "limn.generateFromSelection": generateFromSelection,
  "limn.edit": edit,
  "limn.addReferences": addReferences,
  "limn.compareWithHead": async (services, ...parameters) =>
    (await compareCommands()).compareWithHead(services, ...parameters),
  "limn.compareSelected": async (services, ...parameters) =>
    (await compareCommands()).compareSelected(services, ...parameters),
  "limn.insertLink": insertLinkCommand,
  "limn.generateMissingImage": async (services, argument) =>
    (await missingImageCommands()).generateMissingImage(services, argument),
  "limn.generateAllMissingInFile": async (services) =>
    (await missingImageCommands()).generateAllMissingInFile(services),
  "limn.generateAllMissingInWorkspace": async (services) =>
    (await missingImageCommands()).generateAllMissingInWorkspace(services),
  "limn.makeDraft": async (services, argument) =>
    argument === undefined
      ? (await draftCommands()).makeDraftInSteps(services)
      : (await missingImageCommands()).makeDraft(services, argument),
  "limn.makeDraftFromPanel": async (services) => (await draftCommands()).makeDraftOfForm(services),
  "limn.renderDrafts": async (services, ...parameters) =>
    (await missingImageCommands()).renderDrafts(services, ...parameters),
  "limn.exportImage": async (services, ...parameters) =>
    (await import("../export/exportImages.ts")).exportImages(services, ...parameters),
  "limn.copyImageAs": async (services, ...parameters) => (await dataUriCommands()).copyImageAs(services, ...parameters),
  "limn.insertDataUri": async (services, ...parameters) =>
    (await dataUriCommands()).insertDataUri(services, ...parameters),
  "limn.removeBackground": toolCommand("removeBackground"),
  "limn.upscaleImage": toolCommand("upscale"),
  "limn.reuseSettings": async ({ editJob }, job) => editJob.fire(String(job)),
  "limn.undoReplace": undoReplace,
  "limn.setApiKey": setApiKey,
  "limn.clearApiKey": clearApiKey,
  "limn.checkKey": checkKeyAndBalance,
  "limn.showUnfinishedJobs": showUnfinishedJobs,
  "limn.showSpending": showSpending,
  "limn.exportSpending": async (services, file) =>
    (await import("../money/spendingReport.ts")).exportSpending(services, file),
  "limn.openPanelTab": ({ panelTab }) => panelTab.open(),
  "limn.movePanelToSideBar": ({ panelTab }) => panelTab.moveToSideBar(),
  "limn.showLog": async ({ log }) => log.show(),
  "limn.openWalkthrough": openWalkthrough,
} as const satisfies Readonly<Record<CommandId, CommandHandler>>;

/** Offers the form with the request of a job that failed because of what was asked for. */
function editActions({ editJob, jobs }: Services, error: unknown): readonly NotificationAction[] {
  const refusal = error instanceof LimnError && isAboutRequest(error) ? error : undefined;
  const job = refusal?.failedJob;
  // The form cannot make a request to a tool.
  return job === undefined || jobs.journal.get(job)?.request.tool !== undefined
    ? []
    : [{ label: editLabel(refusal?.field), run: () => editJob.fire(job) }];
}

/**
 * Runs a command. For the user, an error becomes a notification, and a cancelled command shows
 * nothing. For a program, both reject with the message that the user would see.
 */
export async function runCommand(services: Services, id: CommandId, parameters: readonly unknown[]): Promise<unknown> {
  try {
    const handler: CommandHandler = handlers[id];
    return await handler(services, ...parameters);
  } catch (error) {
    if (isCommandArgument(parameters[0])) {
      throw new Error(errorMessage(error), { cause: error });
    }
    if (!isStopped(error)) {
      // Not awaited: the command ends now, even if its notification stays open for hours.
      void notifyError(error, services.log, ...editActions(services, error));
    }
    return undefined;
  }
}

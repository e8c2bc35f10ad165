// Entry of dist/choosePictures.js, which is loaded when the user chooses among several pictures.
import "../ui/l10nBundle.ts";
import { l10n, type QuickPickItem, type Uri, window } from "vscode";
import { isStopped } from "../../core/errors.ts";
import { type Job, type Picture, unkeptPictures } from "../../core/jobs/job.ts";
import { formatSize } from "../../core/models/size.ts";
import { unshownFormatOf } from "../../core/pictures/pictureFormat.ts";
import { showInput } from "../flow/step.ts";
import type { Services } from "../services.ts";
import { previewIcon } from "../ui/previewIcon.ts";
import { unsupportedFormatNote } from "./resultNotes.ts";

interface PictureItem extends QuickPickItem {
  readonly picture: Picture;
}

/** A preview; `undefined` if the picture cannot be shown. The user can keep it all the same. */
async function pictureIcon({ imaging, ports, log }: Services, picture: Picture): Promise<Uri | undefined> {
  const { file = "" } = picture;
  const bytes = unshownFormatOf(picture) === undefined ? await ports.vault.read(file) : undefined;
  return bytes && previewIcon(imaging, bytes, file, log);
}

async function toPictureItem(services: Services, picture: Picture, index: number): Promise<PictureItem> {
  const { width, height, seed } = picture;
  const unshownFormat = unshownFormatOf(picture);
  const icon = await pictureIcon(services, picture);
  return {
    label: l10n.t("Picture {0}", index + 1),
    description: [
      ...(unshownFormat === undefined ? [] : [unsupportedFormatNote(unshownFormat)]),
      ...(width === undefined || height === undefined ? [] : [formatSize({ width, height })]),
      ...(seed === undefined ? [] : [l10n.t("seed {0}", seed)]),
    ].join(" · "),
    picture,
    ...(icon === undefined ? {} : { iconPath: icon }),
  };
}

/**
 * Asks which pictures of a job to keep, and shows the active one on the light table. Returns none
 * if the user presses Escape; all pictures stay in the vault.
 */
async function choosePictures(services: Services, job: Job, pictures: readonly Picture[]): Promise<readonly Picture[]> {
  const input = window.createQuickPick<PictureItem>();
  const stepPosition = { title: l10n.t("Choose the Pictures to Keep"), step: 1, totalSteps: 1 };
  input.canSelectMany = true;
  input.placeholder = l10n.t("Space selects, Enter keeps; the rest stay in the vault");
  input.items = await Promise.all(pictures.map((picture, index) => toPictureItem(services, picture, index)));
  const lightTable = await services.lightTable.load();
  const wasOpen = lightTable.isOpen;
  const showActive = ([item]: readonly PictureItem[]) => {
    if (item !== undefined) {
      lightTable
        .show({ job: job.taskUUID, picture: item.picture.id }, { preserveFocus: true })
        .catch((error: unknown) => services.log.warn(`A picture could not be previewed: ${String(error)}`));
    }
  };
  // VS Code reports an active item only after the first move, so the first picture is shown here.
  showActive(input.items);
  try {
    const answer = await showInput<readonly Picture[], typeof input>(input, stepPosition, (submit) => [
      input.onDidChangeActive(showActive),
      input.onDidAccept(() => {
        if (input.selectedItems.length === 0) {
          input.placeholder = l10n.t("Nothing is selected. Space selects, Escape decides later.");
          return;
        }
        const chosen = new Set(input.selectedItems.map(({ picture }) => picture.id));
        // In the order of the list, not of the selection.
        submit({ value: pictures.filter(({ id }) => chosen.has(id)) });
      }),
    ]);
    return answer === "back" ? [] : answer.value;
  } catch (error) {
    if (isStopped(error)) {
      return [];
    }
    throw error;
  } finally {
    if (!wasOpen) {
      lightTable.close();
    }
    services.log.debug(`Job ${job.taskUUID}: ${pictures.length} pictures were offered to choose from.`);
  }
}

/**
 * Asks which pictures of a job to keep, keeps those and returns the URIs of their files. Returns
 * none if the user presses Escape: the choice stays open, and “Limn: Show Unfinished Jobs” asks
 * again.
 */
export async function chooseAndKeep(services: Services, job: Job): Promise<readonly string[]> {
  const chosen = await choosePictures(services, job, unkeptPictures(job));
  if (chosen.length === 0) {
    return [];
  }
  const files: string[] = [];
  for (const picture of chosen) {
    files.push(await services.jobs.keep(job.taskUUID, picture));
  }
  await services.jobs.markSettled(job.taskUUID);
  return files;
}

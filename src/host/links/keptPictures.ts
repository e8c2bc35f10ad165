import { commands, Disposable, l10n, type Memento, type QuickPickItem, ThemeIcon, Uri, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import type { Job, Picture } from "../../core/jobs/job.ts";
import type { Journal } from "../../core/journal/journal.ts";
import { formatSize } from "../../core/models/size.ts";
import { hasKeptPicturesKey } from "../ids.ts";
import type { Services } from "../services.ts";
import { keptPicturesKey } from "../storage/storagePaths.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** Maximum number of pictures that are listed. The panel shows older ones. */
const listLimit = 100;

/** A kept picture and its file. */
interface KeptPictureItem extends QuickPickItem {
  readonly file: Uri;
}

const hasKeptPicture = ({ forgotten, pictures }: Job): boolean =>
  forgotten !== true && pictures.some(({ kept }) => kept.length > 0);

/**
 * Sets the context key that shows “Insert Link” in the palette while there is a kept picture.
 */
export function watchKeptPictures(journal: Journal, state: Memento): Disposable {
  let isSet = state.get(keptPicturesKey) === true;
  let isChecked = false;
  const updateContextKey = async (changed: Job | undefined) => {
    // Until all job files are read, a missing picture means nothing.
    await journal.ready();
    // A picture stays kept until its job is removed, so all jobs are seldom looked at.
    const mayBeGone = !isChecked || changed === undefined || changed.forgotten === true;
    const hasKept = (isSet && !mayBeGone) || journal.list().some(hasKeptPicture);
    isChecked = true;
    if (hasKept !== isSet) {
      isSet = hasKept;
      await commands.executeCommand("setContext", hasKeptPicturesKey, hasKept);
      await state.update(keptPicturesKey, hasKept);
    }
  };
  const unsubscribe = journal.subscribe((job) => void updateContextKey(job).catch(() => undefined));
  return new Disposable(() => void unsubscribe());
}

const sizeText = ({ width = 0, height = 0 }: Picture): string => (width > 0 ? formatSize({ width, height }) : "");

function toKeptPictureItem(job: Job, picture: Picture, file: Uri): KeptPictureItem {
  const detail = promptExcerpt(job.request.prompt);
  return {
    label: shownPath(file),
    description: sizeText(picture),
    detail,
    iconPath: new ThemeIcon("file-media"),
    file,
  };
}

/** Files of kept pictures that still exist, the newest first. */
async function listKeptPictures({ jobs, ports }: Services): Promise<readonly KeptPictureItem[]> {
  await jobs.journal.load();
  const items = jobs.journal
    .list()
    .filter(hasKeptPicture)
    .flatMap((job) =>
      job.pictures.flatMap((picture) => picture.kept.map((uri) => toKeptPictureItem(job, picture, Uri.parse(uri)))),
    )
    .slice(0, listLimit);
  const sizes = await Promise.all(items.map(({ file }) => ports.files.size(file.toString()).catch(() => undefined)));
  return items.filter((_, index) => sizes[index] !== undefined);
}

/**
 * Asks for a kept picture, if there are several. Rejects with kind `stopped` on Escape, and with a
 * `LimnError` if there is none.
 */
export async function chooseKeptPicture(services: Services): Promise<Uri> {
  const kept = await listKeptPictures(services);
  const [only, ...others] = kept;
  if (only === undefined) {
    throw new LimnError(
      "files",
      l10n.t(
        "There is no kept picture to link to. Keep one in Limn's panel, or choose Limn › Insert Link on an image in the Explorer.",
      ),
    );
  }
  const options = {
    title: l10n.t("Insert Link"),
    placeHolder: l10n.t("Choose a picture"),
    matchOnDetail: true,
  };
  const chosen = others.length === 0 ? only : await window.showQuickPick(kept, options);
  if (chosen === undefined) {
    throw stoppedError();
  }
  return chosen.file;
}

import { l10n, type QuickPick, type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { formatSize } from "../../core/models/size.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { showInput } from "../flow/step.ts";
import type { Services } from "../services.ts";
import { previewIcon } from "../ui/previewIcon.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { findImageFiles } from "../workspace/findImageFiles.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** Maximum number of kept pictures that are listed. The panel shows older ones. */
const keptLimit = 100;

/** Maximum number of previews: each decodes a picture, and the user types to find others. */
const previewLimit = 40;

/** An image in the list, or a heading. */
interface ListItem extends QuickPickItem {
  readonly file?: Uri;
}

interface ImageItem extends ListItem {
  readonly file: Uri;
}

const imageItem = (file: Uri, texts: Pick<QuickPickItem, "description" | "detail">): ImageItem => ({
  label: shownPath(file),
  ...texts,
  iconPath: new ThemeIcon("file-media"),
  file,
});

const sizeText = ({ width = 0, height = 0 }: Picture): string => (width > 0 ? formatSize({ width, height }) : "");

const keptItems = ({ request, pictures }: Job): readonly ImageItem[] =>
  pictures.flatMap((picture) =>
    picture.kept.map((uri) =>
      imageItem(Uri.parse(uri), { description: sizeText(picture), detail: promptExcerpt(request.prompt) }),
    ),
  );

/** Files of kept pictures that still exist, the newest first. */
async function listKept({ jobs, ports }: Services): Promise<readonly ImageItem[]> {
  await jobs.journal.load();
  const items = jobs.journal
    .list()
    .filter(({ forgotten }) => forgotten !== true)
    .flatMap(keptItems)
    .slice(0, keptLimit);
  const sizes = await Promise.all(items.map(({ file }) => ports.files.size(file.toString()).catch(() => undefined)));
  return items.filter((_, index) => sizes[index] !== undefined);
}

/** The other images of the workspace, by path. */
async function listOthers(kept: readonly ImageItem[]): Promise<readonly ImageItem[]> {
  const known = new Set(kept.map(({ file }) => uriKey(file)));
  const items = (await findImageFiles()).filter((file) => !known.has(uriKey(file))).map((file) => imageItem(file, {}));
  return items.toSorted((one, other) => one.label.localeCompare(other.label, undefined, { numeric: true }));
}

const withHeading = (heading: string, items: readonly ImageItem[]): readonly ListItem[] =>
  items.length === 0 ? [] : [{ label: heading, kind: QuickPickItemKind.Separator }, ...items];

/**
 * Puts previews into the first items, one after the other, until the user types, moves or closes
 * the list: VS Code forgets the active item when items change.
 */
async function addPreviews({ imaging, log }: Services, input: QuickPick<ListItem>, isInUse: () => boolean) {
  const images = input.items.filter(({ file }) => file !== undefined).slice(0, previewLimit);
  for (const item of images) {
    const bytes = item.file && (await readRegularFile(item.file, maxImageFileBytes).catch(() => undefined));
    if (isInUse()) return;
    const iconPath = bytes && (await previewIcon(imaging, bytes, item.label, log));
    if (isInUse()) return;
    if (iconPath !== undefined) {
      item.iconPath = iconPath;
      input.items = [...input.items];
    }
  }
}

async function choose(services: Services, items: readonly ListItem[]): Promise<Uri> {
  const input = window.createQuickPick<ListItem>();
  input.items = items;
  input.keepScrollPosition = true;
  input.matchOnDetail = true;
  input.placeholder = l10n.t("Choose an image");
  const [first] = items.filter(({ file }) => file !== undefined);
  let isInUse = false;
  const markAsUsed = () => {
    isInUse = true;
  };
  const shown = showInput<Uri, typeof input>(
    input,
    { title: l10n.t("Insert Link"), step: 1, totalSteps: 1 },
    (submit) => [
      input.onDidChangeValue(markAsUsed),
      input.onDidChangeActive(([item]) => item?.file !== undefined && item.file !== first?.file && markAsUsed()),
      input.onDidAccept(() => {
        const file = input.selectedItems[0]?.file;
        if (file !== undefined) submit({ value: file });
      }),
    ],
  ).finally(markAsUsed);
  void addPreviews(services, input, () => isInUse);
  const answer = await shown;
  if (answer === "back") throw stoppedError();
  return answer.value;
}

/**
 * Asks for an image: a picture that was kept, or another image of the workspace. Rejects with kind
 * `stopped` on Escape, and with a `LimnError` if there is none.
 */
export async function chooseImage(services: Services): Promise<Uri> {
  const kept = await listKept(services);
  const others = await listOthers(kept);
  const [only, ...more] = [...kept, ...others];
  if (only === undefined) {
    throw new LimnError(
      "files",
      l10n.t("There is no PNG, JPEG or WebP image in the workspace to link to. Keep a picture in Limn's panel first."),
    );
  }
  return more.length === 0
    ? only.file
    : choose(services, [
        ...withHeading(l10n.t("Kept Pictures"), kept),
        ...withHeading(l10n.t("Other Images of the Workspace"), others),
      ]);
}

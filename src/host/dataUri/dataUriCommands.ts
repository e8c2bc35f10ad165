// Entry of dist/dataUri.js, which the first of its commands loads.
import "../ui/l10nBundle.ts";
import { commands, env, l10n, type QuickPickItem, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { canEmbedImages, embeddedLink, imageTexts } from "../../core/links/dataUri.ts";
import { defaultLinkPosition } from "../links/defaultLinkPosition.ts";
import type { LinkServices } from "../links/imageLink.ts";
import { copyAction, insertAt } from "../links/insertLink.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { copyAsPng } from "./copyAsPng.ts";
import { askForImages, readEmbeddedImages } from "./embeddedImages.ts";

/** Bytes of the largest file that becomes part of a document: larger ones make it unreadable. */
const insertLimit = 8000;

/** Bytes of the largest file that becomes a text on the clipboard. */
const copyLimit = 1_000_000;

interface FormItem extends QuickPickItem {
  readonly form: keyof typeof imageTexts | "png";
}

/** The forms of one image or several. There is one picture on the clipboard at a time. */
const formItems = (count: number): readonly FormItem[] => [
  ...(count === 1
    ? [{ form: "png" as const, label: l10n.t("PNG Image"), description: l10n.t("The picture itself, to paste it") }]
    : []),
  { form: "markdown", label: l10n.t("Markdown Image"), description: l10n.t("With a data URI") },
  { form: "html", label: l10n.t("HTML Image"), description: l10n.t("With a data URI") },
  { form: "css", label: l10n.t("CSS Image"), description: l10n.t("With a data URI") },
  { form: "dataUri", label: l10n.t("Data URI") },
  { form: "base64", label: l10n.t("Base64"), description: l10n.t("The bytes of the file alone") },
];

/**
 * Copies images in a form that the user chooses: a single one as a picture, or texts that contain
 * them.
 */
export async function copyImageAs(
  services: LinkServices & Pick<Services, "dist">,
  clicked?: unknown,
  selected?: unknown,
): Promise<void> {
  const title = l10n.t("Copy Image As");
  const files = await askForImages(clicked, selected, title);
  const form = (await window.showQuickPick(formItems(files.length), { title, placeHolder: l10n.t("Choose a form") }))
    ?.form;
  const [file] = files;
  if (form === undefined || file === undefined) {
    throw stoppedError();
  }
  if (form === "png") {
    await copyAsPng(services.dist, file);
    // A closed tab gives the focus to the tab before it. Only the Explorer passes its selection. If
    // the user has closed the tab, the focus is where the user wants it.
    if (Array.isArray(selected)) {
      await commands.executeCommand("workbench.files.action.focusFilesExplorer");
    }
    return;
  }
  const images = await readEmbeddedImages(services, files, copyLimit);
  await env.clipboard.writeText(images.map((image) => imageTexts[form](image)).join("\n"));
}

/** Inserts links that contain the images into the visible text editor. */
export async function insertDataUri(services: LinkServices, clicked?: unknown, selected?: unknown): Promise<void> {
  // Taken at once: the user may move the cursor while Limn asks.
  const linkPosition = defaultLinkPosition();
  try {
    const languageId = linkPosition?.languageId ?? "plaintext";
    if (linkPosition !== undefined && !canEmbedImages(languageId)) {
      throw new LimnError(
        "files",
        l10n.t("LaTeX cannot show data URIs, so {0} was not changed. Use Insert Link.", shownPath(linkPosition.uri)),
      );
    }
    const files = await askForImages(clicked, selected, l10n.t("Insert as Data URI"));
    const images = await readEmbeddedImages(services, files, insertLimit);
    const links = images.map((image) => embeddedLink(languageId, image));
    if (linkPosition !== undefined) {
      return await insertAt(linkPosition, links);
    }
    const sentence = l10n.t(
      "No text file is open. Open the one that the image belongs in, put the cursor there, and choose Insert as Data URI again.",
    );
    void notify(sentence, copyAction(links));
  } finally {
    linkPosition?.dispose();
  }
}

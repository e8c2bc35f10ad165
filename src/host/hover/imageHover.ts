import { Hover, l10n, type Position, type TextDocument, type Uri, workspace } from "vscode";
import { readDraftFile } from "../draftImages/readDraftFile.ts";
import { type LinkedFile, type LinkedText, linkedFile, linkedTextOf } from "../imageLinks/linkedFile.ts";
import { oversizeSentence } from "../imageLinks/oversizeSentence.ts";
import { canBeOpened, type ImageFile, readImage } from "../imageLinks/readImage.ts";
import { canBeMade, requestOfLink } from "../missingImages/requestOfLink.ts";
import { setting } from "../settings.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { differsFromHead } from "./differsFromHead.ts";
import {
  draftText,
  factsText,
  type HoverAction,
  hoverMarkdown,
  missingText,
  plain,
  purchaseText,
  thumbnail,
} from "./hoverText.ts";
import { type HoveredLink, linkAt } from "./linkAt.ts";
import { type Purchase, type PurchaseServices, purchaseOf } from "./purchaseOf.ts";

/** Loads all of Limn. */
export type LoadLimn = () => Promise<{ readonly services: PurchaseServices }>;

/** What can be done with an image. In an untrusted workspace, nothing that leads to a purchase. */
function actionsFor(image: ImageFile, purchase: Purchase | undefined): readonly HoverAction[] {
  const { uri } = image;
  const { isTrusted } = workspace;
  const actions: readonly (HoverAction & { readonly isOffered: boolean })[] = [
    { icon: "edit", title: l10n.t("Edit…"), command: "limn.edit", argument: uri, isOffered: isTrusted },
    { icon: "export", title: l10n.t("Export For…"), command: "limn.exportImage", argument: uri, isOffered: true },
    {
      icon: "git-compare",
      title: l10n.t("Compare with HEAD"),
      command: "limn.compareWithHead",
      argument: uri,
      isOffered: differsFromHead(uri),
    },
    {
      icon: "history",
      title: l10n.t("Reuse Settings"),
      command: "limn.reuseSettings",
      argument: purchase?.job,
      isOffered: isTrusted && purchase !== undefined,
    },
  ];
  return canBeOpened(image) ? actions.filter(({ isOffered }) => isOffered) : [];
}

function missingHover(linked: LinkedText, { link, range }: HoveredLink, { uri }: LinkedFile): Hover {
  const generate: HoverAction = {
    icon: "sparkle",
    title: l10n.t("Generate with Limn…"),
    command: "limn.generateMissingImage",
    argument: requestOfLink(linked, link, uri),
  };
  const draft: HoverAction = {
    icon: "file-media",
    title: l10n.t("Make Free Draft"),
    command: "limn.makeDraft",
    argument: generate.argument,
  };
  const actions = workspace.isTrusted && canBeMade(link.path) ? [generate, draft] : [];
  return new Hover(hoverMarkdown([missingText(shownPath(uri))], actions), range);
}

const renderAction = (uri: Uri): HoverAction => ({
  icon: "sparkle",
  title: l10n.t("Render Draft…"),
  command: "limn.renderDrafts",
  argument: uri,
});

/**
 * The hover of an image link: thumbnail, pixels, weight, format and where the file came from; that
 * it is a draft; or that it does not exist. `undefined` at other places, and for files outside the
 * workspace, which are never read.
 */
export async function imageHover(
  document: TextDocument,
  position: Position,
  loadLimn: LoadLimn,
): Promise<Hover | undefined> {
  const hovered = await linkAt(document, position);
  const linked = hovered && linkedTextOf(document);
  const file = linked && (await linkedFile(linked, hovered.link.path));
  if (hovered === undefined || linked === undefined || file === undefined) {
    return undefined;
  }
  if (!file.exists) {
    return missingHover(linked, hovered, file);
  }
  const image = await readImage(file.uri).catch(() => undefined);
  if (image === undefined) {
    return undefined;
  }
  const picture = hovered.hasPicture ? "" : thumbnail(image);
  const facts = factsText(image, shownPath(file.uri));
  // Of a file that is not on a disk, all would have to be fetched.
  const draft = file.uri.scheme === "file" ? await readDraftFile(file.uri) : undefined;
  if (draft !== undefined) {
    const actions = workspace.isTrusted ? [renderAction(file.uri)] : [];
    return new Hover(hoverMarkdown([picture, facts, draftText(draft)], actions), hovered.range);
  }
  const oversize = oversizeSentence(hovered.link, image, plain(shownPath(file.uri)));
  // With the check, VS Code shows the problem with the same sentence above this.
  const warning = oversize === undefined || setting("weightCheck") ? "" : `$(warning) ${oversize}`;
  // If Limn's storage cannot be read, the rest is shown all the same.
  const purchase = await loadLimn()
    .then(({ services }) => purchaseOf(services, image))
    .catch(() => undefined);
  const origin = purchase === undefined ? "" : purchaseText(purchase);
  return new Hover(hoverMarkdown([picture, facts, warning, origin], actionsFor(image, purchase)), hovered.range);
}

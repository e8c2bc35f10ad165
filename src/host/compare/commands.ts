import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Job, Picture } from "../../core/jobs/job.ts";
import { altText } from "../../core/links/link.ts";
import { readRemoteReference } from "../../core/request/remoteReference.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import { notify } from "../ui/notify.ts";
import { askImages } from "../workspace/chooseImages.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { headVersion } from "./head.ts";
import { type CompareSource, readSource } from "./source.ts";
import { type CompareDeps, compareImages } from "./tab.ts";

const fileSource = (uri: Uri): CompareSource => ({ uri, label: shownPath(uri) });

/** A picture of the vault, under the name of the file it was kept as or in words of its job. */
function pictureSource(deps: CompareDeps, job: Job, picture: Picture): CompareSource {
  if (picture.file === undefined) {
    throw new LimnError("files", l10n.t("This picture has not arrived yet, so it cannot be compared."));
  }
  const [kept] = picture.kept;
  const number = job.pictures.findIndex(({ id }) => id === picture.id) + 1;
  const label =
    kept === undefined
      ? l10n.t("Picture {0} of “{1}”", number, altText(job.request.prompt))
      : shownPath(Uri.parse(kept));
  return { uri: vaultUri(deps, picture), label };
}

/** A picture, and the job it is one of. */
export interface JobPicture {
  readonly job: Job;
  readonly picture: Picture;
}

/**
 * Compares a result with the first file it was made from. Throws a `LimnError` where there is none,
 * or it cannot be read.
 */
export async function compareWithReference(deps: CompareDeps, job: Job, picture: Picture): Promise<void> {
  const reference = job.request.references.find(
    ({ source }) => source !== undefined && readRemoteReference(source) === undefined,
  );
  if (reference?.source === undefined) {
    throw new LimnError(
      "files",
      l10n.t("This picture was not made from an image file, so there is none to compare it with."),
    );
  }
  const before: CompareSource = { uri: Uri.parse(reference.source), label: reference.label };
  await compareImages(deps, before, pictureSource(deps, job, picture));
}

/** Compares two pictures of the vault. Throws a `LimnError` where one cannot be read. */
export async function comparePictures(deps: CompareDeps, a: JobPicture, b: JobPicture): Promise<void> {
  await compareImages(deps, pictureSource(deps, a.job, a.picture), pictureSource(deps, b.job, b.picture));
}

/**
 * Compares an image of the workspace with how it is in the last commit; says so where the two are
 * the same.
 */
export async function compareWithHead(deps: CompareDeps, first?: unknown, all?: unknown): Promise<void> {
  const [uri] =
    urisFromArguments(first, all).length > 0
      ? urisFromArguments(first, all)
      : await askImages(l10n.t("Compare with HEAD"), l10n.t("Compare"));
  if (uri === undefined) {
    return;
  }
  const [head, now] = [await headVersion(uri), fileSource(uri)];
  const [before, after] = await Promise.all([head, now].map((source) => readSource(deps.ports, source)));
  if (before !== undefined && after !== undefined && Buffer.compare(before.bytes, after.bytes) === 0) {
    void notify(l10n.t("{0} has not changed since the last commit (HEAD).", now.label));
    return;
  }
  await compareImages(deps, head, now);
}

/** Compares the two images that are selected in the explorer. */
export async function compareSelected(deps: CompareDeps, first?: unknown, all?: unknown): Promise<void> {
  const uris = urisFromArguments(first, all);
  const [left, right] = uris;
  if (left === undefined || right === undefined || uris.length > 2) {
    throw new LimnError(
      "input",
      l10n.t("Select exactly two images in the explorer, then choose Compare Images again."),
    );
  }
  await compareImages(deps, fileSource(left), fileSource(right));
}

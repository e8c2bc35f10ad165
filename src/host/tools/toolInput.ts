import { posix } from "node:path";
import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { templateOfName } from "../../core/files/naming.ts";
import type { Job } from "../../core/jobs/job.ts";
import { altTextOfFileName } from "../../core/links/altText.ts";
import type { Request, Target } from "../../core/request/request.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import type { ToolId } from "../../core/tools/tool.ts";
import { toolOf } from "../../core/tools/tools.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import { picturesKeptAs } from "../jobs/keptPictures.ts";
import type { VaultPicture } from "../panel/findPicture.ts";
import { existingKeptFile } from "../panel/pictures/existingKeptFile.ts";
import { labelOf, referenceSourceOf } from "../request/references.ts";
import type { Services } from "../services.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";
import { askImages } from "../workspace/chooseImages.ts";
import { realFileKey } from "../workspace/realFileKey.ts";
import { checkWritable } from "../workspace/saveLocation.ts";

/** What a picture shows: names and describes the result of a tool, and is not sent. */
export type NamedBy = Pick<Request, "prompt" | "promptIsFileName">;

/** The same for the next tool's result. */
export const namedAs = ({ request: { prompt, promptIsFileName } }: Job): NamedBy => ({ prompt, promptIsFileName });

/** The picture that a tool changes, and where its result belongs. */
export interface ToolInput extends NamedBy {
  readonly uri: Uri;
  /** The name that users know it by. */
  readonly label: string;
  /** URI of the folder, and template of the name without the tool's suffix. */
  readonly place: Pick<Target, "folder" | "name">;
}

/** Folder of a file, and the template of its name. */
const placeOfFile = (uri: Uri): ToolInput["place"] => ({
  folder: Uri.joinPath(uri, "..").toString(),
  name: templateOfName(posix.parse(uri.path).name),
});

/**
 * The files that a command is for: those of a context menu, the one in the active editor, or those
 * that are chosen in a dialog; each once. Rejects with kind `stopped` if none is chosen.
 */
export async function filesForTool(id: ToolId, clicked?: unknown, selected?: unknown): Promise<readonly Uri[]> {
  const fromMenu = urisFromArguments(clicked, selected);
  const files = fromMenu.length > 0 ? fromMenu : await askImages(toolOf(id).name(), l10n.t("Choose"));
  const keys = await Promise.all(files.map(realFileKey));
  return files.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

/** The file of a picture that is changed. Throws a `LimnError` if its folder cannot be written. */
export async function inputOfFile({ jobs }: Services, uri: Uri): Promise<ToolInput> {
  const problem = await checkWritable(Uri.joinPath(uri, ".."));
  if (problem !== undefined) {
    const advice = l10n.t("The result is saved beside the image, so copy the image there first.");
    throw new LimnError("files", joinSentences(problem, advice));
  }
  await jobs.journal.ready();
  const [kept] = picturesKeptAs(jobs, uri);
  const named = kept ? namedAs(kept.job) : { prompt: altTextOfFileName(uri.path), promptIsFileName: true };
  return { uri, label: labelOf(uri), ...named, place: placeOfFile(uri) };
}

/** A picture of the vault, or the file that it was kept as. */
export async function inputOfPicture(services: Services, found: VaultPicture): Promise<ToolInput> {
  const { job, picture } = found;
  const named = namedAs(job);
  const kept = await existingKeptFile({ services }, found);
  if (kept === undefined) {
    return { uri: vaultUri(services, picture), label: promptExcerpt(named.prompt), ...named, place: job.target };
  }
  const uri = Uri.parse(kept);
  return { uri, label: labelOf(uri), ...named, place: placeOfFile(uri) };
}

/** The picture of a tool's job; throws a `LimnError` if it is not known any more. */
export function sourceOfJob({ request }: Job): { readonly uri: Uri; readonly label: string } {
  const [reference] = request.references;
  const file = reference && referenceSourceOf(reference);
  if (file === undefined || "image" in file) {
    throw new LimnError("files", l10n.t("The picture of this job is not known any more. Choose it again."));
  }
  return { uri: file.uri, label: file.label ?? labelOf(file.uri) };
}

// Entry of dist/copyTexts.js, which is loaded when something of a picture is copied.
import "../../ui/l10nBundle.ts";
import { toCurl, toTypeScript } from "../../../core/request/codeSnippet.ts";
import type { VaultPicture } from "../findPicture.ts";
import type { IntentByType } from "../panelContext.ts";

export { sendImage } from "./sendImage.ts";

/** The text that each kind of copy puts on the clipboard. */
export const copyTexts = {
  prompt: ({ job }) => job.request.prompt,
  seed: ({ picture }) => picture.seed ?? "",
  imageUuid: ({ picture }) => picture.imageUUID ?? "",
  taskUuid: ({ job }) => job.taskUUID,
  curl: ({ job }, uuid) => toCurl(job, uuid),
  typescript: ({ job }) => toTypeScript(job),
} as const satisfies Readonly<Record<IntentByType["copy"]["what"], (found: VaultPicture, uuid: string) => string>>;

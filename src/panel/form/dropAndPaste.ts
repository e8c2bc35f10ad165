import * as l10n from "@vscode/l10n";
import { maxImageFileBytes, maxImageFileNameLength } from "../../core/pictures/imageFileLimit.ts";
import { maxTextLength } from "../../core/text/textLimit.ts";
import { announce } from "../../webview/announce.ts";
import { post } from "../../webview/vscodeApi.ts";

/** Drag types in which VS Code and file managers list the URIs of files, best first. */
const uriTypes = ["application/vnd.code.uri-list", "text/uri-list"] as const;

const isImage = ({ type }: File): boolean => type.startsWith("image/");

async function sendImage(file: File): Promise<void> {
  if (file.size > maxImageFileBytes) {
    announce(l10n.t("{0} is larger than {1} MB. Use a smaller file.", file.name, maxImageFileBytes / 1e6));
    return;
  }
  const name = file.name.slice(0, maxImageFileNameLength);
  try {
    post({ type: "dropImage", name, bytes: new Uint8Array(await file.arrayBuffer()) });
  } catch {
    announce(l10n.t("{0} could not be read.", file.name));
  }
}

/** Sends one after the other, in the order in which they were dropped. */
async function sendImages(files: readonly File[]): Promise<void> {
  for (const file of files) {
    await sendImage(file);
  }
}

/** Whether a drag has something that could become a reference. */
export const canDrop = (data: DataTransfer | null): boolean =>
  data?.types.some((type) => type === "Files" || uriTypes.some((known) => known === type)) ?? false;

/**
 * Sends what was dropped or pasted to the host: pictures as bytes, files of the workspace as URIs.
 * Returns whether there was any.
 */
export function sendDroppedData(data: DataTransfer | null): boolean {
  if (data === null) {
    return false;
  }
  // The list of files is empty once the event has ended.
  const images = [...data.files].filter(isImage);
  if (images.length > 0) {
    void sendImages(images);
    return true;
  }
  const uris = uriTypes.map((type) => data.getData(type)).find((text) => text.trim() !== "");
  if (uris === undefined) {
    return false;
  }
  post({ type: "dropUris", list: uris.slice(0, maxTextLength) });
  return true;
}

/** Sends a pasted picture, unless text comes with it: then the text is pasted. */
export function sendPastedImage(event: ClipboardEvent): void {
  const data = event.clipboardData;
  const hasPicture = data !== null && [...data.files].some(isImage);
  if (hasPicture && data.getData("text/plain") === "") {
    event.preventDefault();
    sendDroppedData(data);
  }
}

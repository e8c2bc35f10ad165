import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { announce } from "../shared/announce.ts";
import { post } from "../shared/vscodeApi.ts";

/** Drag types under which VS Code and file managers put links to files, best first. */
const uriTypes = ["application/vnd.code.uri-list", "text/uri-list"] as const;

const maxUriListLength = 20_000;
const maxNameLength = 255;

const isImage = ({ type }: File): boolean => type.startsWith("image/");

async function sendImage(file: File): Promise<void> {
  if (file.size > maxImageFileBytes) {
    announce(`${file.name} is larger than 100 MB.`);
    return;
  }
  const name = file.name.slice(0, maxNameLength) || "picture";
  try {
    post({ type: "dropImage", name, bytes: new Uint8Array(await file.arrayBuffer()) });
  } catch {
    announce(`${file.name} could not be read.`);
  }
}

/** One after the other: the order they were dropped in is the one they are sent in. */
async function sendImages(files: readonly File[]): Promise<void> {
  for (const file of files) {
    await sendImage(file);
  }
}

/** Whether something is being dragged that could become a reference. */
export const canDrop = (data: DataTransfer | null): boolean =>
  data?.types.some((type) => type === "Files" || uriTypes.some((known) => known === type)) ?? false;

/**
 * Sends what was dropped or pasted to the host: pictures as bytes, files of the workspace as links.
 * Tells whether there was any.
 */
export function sendDroppedData(data: DataTransfer | null): boolean {
  if (data === null) {
    return false;
  }
  // Files have to be read out before the event ends, so the list is made first.
  const images = [...data.files].filter(isImage);
  if (images.length > 0) {
    void sendImages(images);
    return true;
  }
  const uris = uriTypes.map((type) => data.getData(type)).find((text) => text.trim() !== "");
  if (uris === undefined) {
    return false;
  }
  post({ type: "dropUris", list: uris.slice(0, maxUriListLength) });
  return true;
}

/**
 * Takes a pasted picture. Text beside it wins: a person who copied words with a picture in them
 * wants the words.
 */
export function sendPastedImage(event: ClipboardEvent): void {
  const data = event.clipboardData;
  const hasPicture = data !== null && [...data.files].some(isImage);
  if (hasPicture && data.getData("text/plain") === "") {
    event.preventDefault();
    sendDroppedData(data);
  }
}

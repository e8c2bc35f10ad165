import { announce } from "../announce.ts";
import { post } from "../bridge.ts";

/** Drag types under which VS Code and file managers put links to files, best first. */
const uriTypes = ["application/vnd.code.uri-list", "text/uri-list"] as const;

/** The host takes no larger picture, and no longer list. */
const mostBytes = 100_000_000;
const mostCharacters = 20_000;
const longestName = 255;

const isPicture = ({ type }: File): boolean => type.startsWith("image/");

async function send(file: File): Promise<void> {
  if (file.size > mostBytes) {
    announce(`${file.name} is larger than 100 MB.`);
    return;
  }
  const name = file.name.slice(0, longestName) || "picture";
  try {
    post({ type: "dropImage", name, bytes: new Uint8Array(await file.arrayBuffer()) });
  } catch {
    announce(`${file.name} could not be read.`);
  }
}

/** One after the other: the order they were dropped in is the one they are sent in. */
async function sendAll(files: readonly File[]): Promise<void> {
  for (const file of files) {
    await send(file);
  }
}

/** Whether something is being dragged that could become a reference. */
export const canTake = (data: DataTransfer | null): boolean =>
  data?.types.some((type) => type === "Files" || uriTypes.some((known) => known === type)) ?? false;

/** Sends what was dropped or pasted to the host: pictures as bytes, files of the workspace as links. Tells whether there was any. */
export function take(data: DataTransfer | null): boolean {
  if (data === null) {
    return false;
  }
  // Files have to be read out before the event ends, so the list is made first.
  const pictures = [...data.files].filter(isPicture);
  if (pictures.length > 0) {
    void sendAll(pictures);
    return true;
  }
  const list = uriTypes.map((type) => data.getData(type)).find((text) => text.trim() !== "");
  if (list === undefined) {
    return false;
  }
  post({ type: "dropUris", list: list.slice(0, mostCharacters) });
  return true;
}

/** Takes a pasted picture. Text beside it wins: a person who copied words with a picture in them wants the words. */
export function takePaste(event: ClipboardEvent): void {
  const data = event.clipboardData;
  const hasPicture = data !== null && [...data.files].some(isPicture);
  if (hasPicture && data.getData("text/plain") === "") {
    event.preventDefault();
    take(data);
  }
}

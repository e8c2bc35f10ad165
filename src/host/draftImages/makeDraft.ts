import { neededItems } from "../jobs/neededItems.ts";
import { parseMissingImage } from "../missingImages/missingImage.ts";
import { reasonNotToMake, rowOfMissing } from "../missingImages/missingRow.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";

/**
 * Makes a free draft of an image that a document links to, at its path. Throws a `LimnError` if no
 * file can be written there.
 */
export async function makeDraft(services: Services, argument?: unknown): Promise<void> {
  const row = await rowOfMissing(services, modelToBuyFrom(services.family), parseMissingImage(argument));
  const { needed, notes } = await neededItems(services, [row], reasonNotToMake);
  if (needed.length === 0) {
    void notify(notes.join(" "));
    return;
  }
  const { makeDrafts } = await import("./draftCommands.ts");
  await makeDrafts(services, needed, []);
}

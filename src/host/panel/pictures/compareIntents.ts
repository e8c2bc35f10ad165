import { comparePictures, compareWithReference } from "../../compare/comparePictures.ts";
import { findPicture } from "../findPicture.ts";
import type { IntentHandlers } from "../panelContext.ts";

/** Intents that compare pictures. */
export const compareIntents = {
  compare: async (context, intent) => {
    const found = findPicture(context, intent);
    if (intent.with === undefined) {
      await compareWithReference(context.services, found.job, found.picture);
    } else {
      await comparePictures(context.services, findPicture(context, intent.with), found);
    }
  },
} as const satisfies IntentHandlers<"compare">;

import { comparePictures, compareWithReference } from "../../compare/commands.ts";
import { findPicture, type IntentHandlers } from "../panelContext.ts";

/** Comparing: with another picture, or with the file a picture was made from. */
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

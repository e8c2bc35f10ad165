import { comparePictures, compareWithReference } from "../../lightTable/comparePictures.ts";
import { findPicture } from "../findPicture.ts";
import type { IntentHandlers } from "../panelContext.ts";

/** Intents that compare pictures. */
export const compareIntents = {
  compare: async (context, intent) => {
    const found = findPicture(context, intent);
    const { marked } = context.feed;
    const isMarkedOther = marked !== undefined && (marked.job !== intent.job || marked.picture !== intent.picture);
    const other = intent.with ?? (isMarkedOther ? marked : undefined);
    if (other === undefined) {
      const otherwise = intent.otherwise && findPicture(context, intent.otherwise);
      await compareWithReference(context.services, found, otherwise, { isFromPanel: true });
    } else {
      await comparePictures(context.services, findPicture(context, other), found, { isFromPanel: true });
    }
  },
} as const satisfies IntentHandlers<"compare">;

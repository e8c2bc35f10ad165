import { comparePictures, compareWithReference } from "../compare/commands.ts";
import { findPicture, type Handlers } from "./desk.ts";

/** Comparing: with another picture, or with the file a picture was made from. */
export const compareIntents = {
  compare: async (desk, intent) => {
    const found = findPicture(desk, intent);
    if (intent.with === undefined) {
      await compareWithReference(desk.services, found.job, found.picture);
    } else {
      await comparePictures(desk.services, findPicture(desk, intent.with), found);
    }
  },
} as const satisfies Handlers<"compare">;

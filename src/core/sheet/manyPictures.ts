import { toolIds } from "../tools/tool.ts";

/** What can be done with several pictures of the panel at once. */
export const manyActions = ["keep", "discard", "restore", "star", "unstar", "export", ...toolIds] as const;

export type ManyAction = (typeof manyActions)[number];

/** Maximum number of pictures of one such message, so that it stays below 64 kB. */
export const maxManyPictures = 500;

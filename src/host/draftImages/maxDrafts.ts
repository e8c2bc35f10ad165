/** Maximum number of drafts in a list, which one Undo must be able to bring back. */
export const maxDrafts = 500;

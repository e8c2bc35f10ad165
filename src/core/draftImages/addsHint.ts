/** What a draft image has in its metadata if the sentence of its target is added to the prompt. */
export const addsHint = "add" as const;

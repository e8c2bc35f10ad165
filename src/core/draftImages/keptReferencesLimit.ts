/**
 * Maximum number of characters of what a draft image keeps of its references. Like those of the
 * prompt, they fit into one segment of a JPEG.
 */
export const keptReferencesLimit = 2000;

/**
 * The XML namespace of what a draft image says of itself. A file without it near its start is none.
 */
export const draftNamespace = "urn:limn:draft";

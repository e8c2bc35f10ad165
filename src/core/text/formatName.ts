/** The name of a file format: `WebP` for `WEBP`, and others as they are. */
export const formatName = (format: string): string => (format === "WEBP" ? "WebP" : format);

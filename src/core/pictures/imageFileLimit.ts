/**
 * Bytes of the largest image file that is read: decoding a larger one would take the memory of a
 * small machine.
 */
export const maxImageFileBytes = 100_000_000;

/**
 * Maximum number of UTF-16 code units of the file name that comes with a dropped or pasted picture.
 */
export const maxImageFileNameLength = 255;

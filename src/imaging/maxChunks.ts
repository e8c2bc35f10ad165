/**
 * Maximum number of chunks or segments of a file that are looked at. The largest draft image has
 * fewer, as encoders write pixels in chunks of 8 kB or more; a hostile file has millions of empty
 * ones.
 */
export const maxChunks = 4000;

/** Maximum number of rows of the sheet that the page may ask for at once. */
export const maxSheetRows = 500;

/**
 * Rows that the pictures of one job take in the sheet, with the places of those that are on their
 * way: its heading, and lines of `columns` tiles.
 */
export const rowsOfJob = (pictures: number, columns: number): number => 1 + Math.ceil(pictures / columns);

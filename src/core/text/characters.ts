/** Number of characters as the service counts them: Unicode code points. */
export const countCharacters = (text: string): number => [...text].length;

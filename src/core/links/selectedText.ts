/** What makes a line a heading, an item of a list, a quotation or a comment. */
const lineMarks = /^\s*(?:#{1,6}|[-*+>]|\d{1,3}[.)]|\/{2,}|\/\*+|<!-+)\s+|\s*(?:-+>|\*+\/)\s*$/gm;

/**
 * The words of text that is selected in a document, in one line: a prompt, whose words also become
 * the alt text, needs none of these marks.
 */
export const selectedText = (text: string): string => text.replace(lineMarks, " ").replace(/\s+/g, " ").trim();

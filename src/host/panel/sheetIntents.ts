import type { IntentHandlers } from "./panelContext.ts";

/** Intents on the list of pictures. */
export const sheetIntents = {
  showSheet: ({ feed, answer }, { question, text, filter, columns, first, count, anchor, selected, marked }) => {
    feed.showSheet({ question, text, filter, columns, first, count, anchor, selected, marked });
    return answer();
  },
} as const satisfies IntentHandlers<"showSheet">;

import type { IntentHandlers } from "./panelContext.ts";

/** Intents on the list of pictures. */
export const sheetIntents = {
  showSheet: (
    { feed, answer },
    { queryNumber, text, filter, everywhere, columns, first, count, anchor, selected, marked },
  ) => {
    feed.showSheet({ queryNumber, text, filter, everywhere, columns, first, count, anchor, selected, marked });
    return answer();
  },
} as const satisfies IntentHandlers<"showSheet">;

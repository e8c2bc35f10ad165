import type { Request } from "./request.ts";

/** The prompt as it is sent: with the hint of its target, unless there is no prompt at all. */
export const sentPrompt = ({ prompt, promptHint }: Pick<Request, "prompt" | "promptHint">): string =>
  promptHint === undefined || prompt === "" ? prompt : `${prompt}\n${promptHint}`;

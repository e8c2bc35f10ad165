import { type LogOutputChannel, window } from "vscode";

/** The log a person sees with “Limn: Show Log”. It is never given keys, prompts or image data. */
export const createLog = (): LogOutputChannel => window.createOutputChannel("Limn", { log: true });

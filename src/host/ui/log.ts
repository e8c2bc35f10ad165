import { type LogOutputChannel, window } from "vscode";

/** The log that “Limn: Show Log” opens. Keys, prompts and image data are never logged. */
export const createLog = (): LogOutputChannel => window.createOutputChannel("Limn", { log: true });

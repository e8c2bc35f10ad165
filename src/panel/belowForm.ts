// What stands below the form, and the list of prompts, in its own file in dist/: the form does not
// wait for it.

// First, since the modules that it shares with the form have texts.
import "../webview/l10n.ts";
import "./jobs/jobList.ts";
import "./prompts/promptList.ts";
import "./sheet/sheet.ts";

export * from "./sheet/sharedWithOnDemand.ts";

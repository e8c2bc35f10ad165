import { Disposable, workspace } from "vscode";
import type { Services } from "../services.ts";
import { spendingScheme } from "./spendingDocument.ts";
import { registerStatusBar } from "./statusBar.ts";

/** Registers what tells of money: the report's document and the status bar. */
export const registerSpending = (services: Services): Disposable =>
  Disposable.from(
    workspace.registerTextDocumentContentProvider(spendingScheme, services.spendingDocument),
    registerStatusBar(services),
    services.spendingDocument,
  );

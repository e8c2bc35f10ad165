import type { Uri } from "vscode";
import type { OutputFormat } from "../../core/models/model.ts";
import type { Shape } from "../../core/request/request.ts";
import type { LoadedReferences } from "../request/references.ts";
import type { VariableValues } from "./askVariables.ts";

/** What is known of an order while a person is being asked. */
export interface FlowDraft extends VariableValues {
  /** As it was typed, with its `{variables}`. */
  readonly prompt: string;
  readonly loaded: LoadedReferences;
  readonly shape: Shape | undefined;
  readonly count: number;
  /** Format of the file extension that is shown first. */
  readonly format: OutputFormat;
  /** The path as it was last typed. */
  readonly path: string | undefined;
  /** Where to save, once it is known. */
  readonly saveLocation: { readonly folder: Uri; readonly name: string } | undefined;
  /** Folder of the path that is shown first. */
  readonly folder: Uri | undefined;
  /** Name template of the path that is shown first. */
  readonly template: string;
}

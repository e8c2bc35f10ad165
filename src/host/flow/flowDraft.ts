import type { Uri } from "vscode";
import type { Model, OutputFormat } from "../../core/models/model.ts";
import type { Pixels } from "../../core/models/size.ts";
import type { Shape } from "../../core/request/request.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import type { LoadedReferences } from "../request/references.ts";
import type { SaveLocation } from "../workspace/saveLocation.ts";
import type { VariableValues } from "./askVariables.ts";

/** What a flow makes of the request: pictures that are bought, or a free draft image. */
export type FlowResult = "picture" | "draft";

/** The request as far as the user has answered. */
export interface FlowDraft extends VariableValues {
  readonly model: Model;
  /** As typed, with its `{variables}`. */
  readonly prompt: string;
  readonly loaded: LoadedReferences;
  /** `undefined` until the user has answered. */
  readonly shape: Shape | undefined;
  /** What the pictures are for; `undefined` if the user chose a size. */
  readonly exportTarget: ExportTarget | undefined;
  /** What the target adds to the prompt; `undefined` if nothing, or the user declined. */
  readonly promptHint: string | undefined;
  /** The size that was chosen last; see `defaultSize`. */
  readonly lastSize: Pixels | undefined;
  readonly count: number;
  /** Format of the file extension in the suggested path. */
  readonly format: OutputFormat;
  /** The path as last typed. */
  readonly path: string | undefined;
  /** Where to save; `undefined` until the user has answered. */
  readonly saveLocation: Omit<SaveLocation, "format"> | undefined;
  /** Folder of the suggested path. */
  readonly folder: Uri | undefined;
  /** Name template of the suggested path. */
  readonly template: string;
  readonly makes: FlowResult;
}

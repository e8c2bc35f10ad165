import { html } from "lit";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { draft } from "../draft.ts";
import { errorAt } from "./formError.ts";
import "./more.ts";
import "./output.ts";
import "./fields/forField.ts";
import "./fields/shapeField.ts";
import "./fields/targetField.ts";

/** The parts of the form that are in the settings. `fields` is the draft as it is sent. */
export const settingsFields = (snapshot: Snapshot, fields: DraftFields) =>
  html`<div class="settings">
    <limn-for-field data-group="for" .snapshot=${snapshot} .draft=${fields}></limn-for-field>
    <div>
      <limn-shape-field data-group="shape" .snapshot=${snapshot} .draft=${draft()}></limn-shape-field>
      ${errorAt(snapshot, "shape")}
    </div>
    <div>
      <limn-output data-group="output" .snapshot=${snapshot} .draft=${fields}></limn-output>
      ${errorAt(snapshot, "output")}
    </div>
    <div>
      <limn-target-field data-group="path" .snapshot=${snapshot} .draft=${fields}></limn-target-field>
      ${errorAt(snapshot, "path")}
    </div>
    <div>
      <limn-more data-group="more" .snapshot=${snapshot} .draft=${fields}></limn-more>
      ${errorAt(snapshot, "more")}
    </div>
  </div>`;

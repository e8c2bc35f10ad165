import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { formatName } from "../../core/text/formatName.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import type { Snapshot } from "../../protocol.ts";
import type { SheetEntry } from "./sheetEntries.ts";

const settingRow = (name: string, value: string): TemplateResult => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`;

/** The settings that a picture was made with, and the buttons to use them or not. */
export function pictureSettings(
  { job, picture }: SheetEntry,
  snapshot: Pick<Snapshot, "models" | "targets"> | undefined,
  onUse: () => void,
  onCancel: () => void,
): TemplateResult {
  const { exportTarget, promptHint } = job;
  // A target that is not offered any more has only its ID.
  const target = snapshot?.targets?.find(({ id }) => id === exportTarget)?.name ?? exportTarget;
  return html`
    <div class="settings" role="group" aria-label=${l10n.t("Settings of this picture")}>
      <dl>
        ${settingRow(l10n.t("Prompt"), escapeBidiControls(job.prompt))}
        ${target === undefined ? nothing : settingRow(l10n.t("For"), escapeBidiControls(target))}
        ${promptHint === undefined ? nothing : settingRow(l10n.t("Added to the prompt"), escapeBidiControls(promptHint))}
        ${settingRow(l10n.t("Model"), job.model ?? snapshot?.models[0]?.name ?? "")} ${settingRow(l10n.t("Size"), job.shape)} ${settingRow(l10n.t("Count"), String(job.count))}
        ${settingRow(l10n.t("Format"), formatName(job.format))}
        ${job.references.length === 0 ? nothing : settingRow(l10n.t("References"), job.references.join(", "))}
        ${picture.seed === undefined ? nothing : settingRow(l10n.t("Seed"), picture.seed)}
        ${picture.imageUuid === undefined ? nothing : settingRow(l10n.t("Image UUID"), picture.imageUuid)}
        ${settingRow(l10n.t("Task UUID"), job.id)}
      </dl>
      <div class="choice">
        <vscode-button class="use" @click=${onUse}>${l10n.t("Use These Settings")}</vscode-button>
        <vscode-button class="leave" secondary @click=${onCancel}>${l10n.t("Cancel")}</vscode-button>
      </div>
    </div>
  `;
}

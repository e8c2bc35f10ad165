import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatSize } from "../../core/models/size.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { excerpt } from "../shared/format.ts";
import { type ActionId, isOffered, type PictureAction, pictureActions } from "./actions.ts";
import type { SheetEntry } from "./sheetEntries.ts";
import type { UndoableDiscard } from "./undoOffer.ts";

const pictureFacts = ({ job, picture, number, total }: SheetEntry): string => {
  const { width, height } = picture;
  return [
    l10n.t("{0} of {1}", number, total),
    ...(width === undefined || height === undefined ? [] : [formatSize({ width, height })]),
    ...(job.model === undefined ? [] : [job.model]),
    picture.otherFormat ?? picture.format ?? job.format,
    ...(job.isSandbox || picture.cost === undefined ? [] : [formatUsd(picture.cost)]),
  ].join(" · ");
};

function actionButton(
  action: PictureAction,
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  onAction: (id: ActionId, anchor: Element) => void,
) {
  const problem = action.problem?.(entry, marked);
  const name = action.name(entry);
  const label = problem?.hint ?? name;
  const key = problem !== undefined || action.key === undefined ? "" : ` (${action.key})`;
  const onClick = ({ currentTarget }: Event) => {
    if (currentTarget instanceof Element) {
      onAction(action.id, currentTarget);
    }
  };
  return action.icon === undefined
    ? html`<vscode-button secondary data-action=${action.id} title=${label + key} @click=${onClick}>${name}</vscode-button>`
    : html`<vscode-toolbar-button
        class=${problem === undefined ? "" : "impossible"}
        data-action=${action.id}
        icon=${action.icon(entry)}
        .label=${label}
        title=${label + key}
        @click=${onClick}
      ></vscode-toolbar-button>`;
}

const note = (icon: string, tone: string, text: string): TemplateResult => html`
  <div class="note ${tone}"><vscode-icon name=${icon}></vscode-icon><span dir="auto">${text}</span></div>
`;

/** The selected picture: its facts, the files it was kept as, and its actions. */
export function pictureDetails(
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  onAction: (id: ActionId, anchor: Element) => void,
): TemplateResult {
  const { job, picture } = entry;
  const offered = pictureActions.filter((action) => isOffered(action, entry));
  const buttons = (actions: readonly PictureAction[]) => html`<div>
    ${repeat(
      actions,
      ({ id }) => id,
      (action) => actionButton(action, entry, marked, onAction),
    )}
  </div>`;
  return html`
    <div class="about" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 200)}</div>
    <div class="facts">${pictureFacts(entry)}</div>
    ${picture.kept.map((path) => note("pass-filled", "good", path))}
    ${picture.notes.map((text) => note("warning", "warning", text))}
    <div class="actions" role="group" aria-label=${l10n.t("Actions for picture {0}", entry.number)}>
      ${buttons(offered.filter(({ icon }) => icon === undefined))}
      ${buttons(offered.filter(({ icon }) => icon !== undefined))}
    </div>
  `;
}

const settingRow = (name: string, value: string): TemplateResult => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`;

/**
 * The settings that a picture was made with, and the buttons to use them or not. `defaultModel` is
 * the name of the model of a job that names none.
 */
export function pictureSettings(
  { job, picture }: SheetEntry,
  defaultModel: string,
  replacesTypedPrompt: boolean,
  onUse: () => void,
  onCancel: () => void,
): TemplateResult {
  return html`
    <div class="settings" role="group" aria-label=${l10n.t("Settings of this picture")}>
      <dl>
        ${settingRow(l10n.t("Prompt"), escapeBidiControls(job.prompt))}
        ${settingRow(l10n.t("Model"), job.model ?? defaultModel)} ${settingRow(l10n.t("Size"), job.shape)} ${settingRow(l10n.t("Count"), String(job.count))}
        ${settingRow(l10n.t("Format"), job.format)}
        ${job.references.length === 0 ? nothing : settingRow(l10n.t("References"), job.references.join(", "))}
        ${picture.seed === undefined ? nothing : settingRow(l10n.t("Seed"), picture.seed)}
        ${picture.imageUuid === undefined ? nothing : settingRow(l10n.t("Image UUID"), picture.imageUuid)}
        ${settingRow(l10n.t("Task UUID"), job.id)}
      </dl>
      ${replacesTypedPrompt ? note("warning", "warning", l10n.t("This replaces the prompt you have typed.")) : nothing}
      <div class="choice">
        <vscode-button class="use" @click=${onUse}>${replacesTypedPrompt ? l10n.t("Replace My Prompt") : l10n.t("Use These Settings")}</vscode-button>
        <vscode-button class="leave" secondary @click=${onCancel}>${l10n.t("Cancel")}</vscode-button>
      </div>
    </div>
  `;
}

/** The bar that offers to restore the picture that was discarded last. */
export const undoBar = ({ prompt }: UndoableDiscard, onUndo: () => void): TemplateResult => html`
  <div class="undo">
    <span dir="auto" title=${excerpt(prompt, 300)}>${l10n.t("Discarded: {0}", excerpt(prompt, 60))}</span>
    <vscode-button class="undo-discard" secondary icon="discard" @click=${onUndo}>${l10n.t("Undo")}</vscode-button>
  </div>
`;

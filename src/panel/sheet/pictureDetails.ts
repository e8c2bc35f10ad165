import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { formatUsd } from "../form/money.ts";
import { excerpt } from "../jobs/format.ts";
import { type ActionId, isOffered, isPossible, type PictureAction, pictureActions } from "./actions.ts";
import type { SheetEntry } from "./sheetEntries.ts";
import type { UndoableDiscard } from "./undoOffer.ts";

const pictureFacts = ({ job, picture, number, total }: SheetEntry): string =>
  [
    `${number} of ${total}`,
    ...(picture.width === undefined ? [] : [`${picture.width} × ${picture.height}`]),
    picture.otherFormat ?? picture.format ?? job.format,
    ...(picture.seed === undefined ? [] : [`seed ${picture.seed}`]),
    ...(job.isSandbox || picture.cost === undefined ? [] : [formatUsd(picture.cost)]),
  ].join(" · ");

function actionButton(
  action: PictureAction,
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  onAction: (id: ActionId, anchor: Element) => void,
) {
  const isEnabled = isPossible(action, entry, marked);
  const name = action.name(entry);
  const hint = isEnabled ? name : `${name}: mark another picture first (M)`;
  const key = action.key === undefined ? "" : ` (${action.key})`;
  const onClick = ({ currentTarget }: Event) => {
    if (currentTarget instanceof Element) {
      onAction(action.id, currentTarget);
    }
  };
  return html`<vscode-toolbar-button
    class=${isEnabled ? "" : "impossible"}
    data-action=${action.id}
    icon=${action.icon(entry)}
    .label=${hint}
    title=${hint + (isEnabled ? key : "")}
    @click=${onClick}
    >${action.id === "keep" || action.id === "restore" ? name : nothing}</vscode-toolbar-button
  >`;
}

const note = (icon: string, tone: string, text: string): TemplateResult => html`
  <div class="note ${tone}"><vscode-icon name=${icon}></vscode-icon><span dir="auto">${text}</span></div>
`;

/** The selected picture: what it is, where it was kept, and all that can be done with it. */
export function pictureDetails(
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  onAction: (id: ActionId, anchor: Element) => void,
): TemplateResult {
  const { job, picture } = entry;
  return html`
    <div class="about" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 200)}</div>
    <div class="facts">${pictureFacts(entry)}</div>
    ${picture.kept.map((path) => note("pass-filled", "good", path))}
    ${picture.notes.map((text) => note("warning", "warning", text))}
    <div class="actions" role="group" aria-label=${`Actions for picture ${entry.number}`}>
      ${repeat(
        pictureActions.filter((action) => isOffered(action, entry)),
        ({ id }) => id,
        (action) => actionButton(action, entry, marked, onAction),
      )}
    </div>
  `;
}

const settingRow = (name: string, value: string): TemplateResult => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`;

/** The settings a picture was made with: seen first, and taken over only on request. */
export function pictureSettings(
  { job, picture }: SheetEntry,
  replacesTypedPrompt: boolean,
  onUse: () => void,
  onCancel: () => void,
): TemplateResult {
  return html`
    <div class="settings" role="group" aria-label="Settings of this picture">
      <dl>
        ${settingRow("Prompt", escapeBidiControls(job.prompt))} ${settingRow("Size", job.shape)} ${settingRow("Count", String(job.count))}
        ${settingRow("Format", job.format)}
        ${job.references.length === 0 ? nothing : settingRow("References", job.references.join(", "))}
        ${picture.imageUuid === undefined ? nothing : settingRow("Image UUID", picture.imageUuid)}
        ${settingRow("Task UUID", job.id)}
      </dl>
      ${replacesTypedPrompt ? note("warning", "warning", "This replaces the prompt you have typed.") : nothing}
      <div class="choice">
        <vscode-button class="use" @click=${onUse}>${replacesTypedPrompt ? "Replace My Prompt" : "Use These Settings"}</vscode-button>
        <vscode-button class="leave" secondary @click=${onCancel}>Cancel</vscode-button>
      </div>
    </div>
  `;
}

/** Offers the picture back that was discarded last. */
export const undoBar = ({ job }: UndoableDiscard, onUndo: () => void): TemplateResult => html`
  <div class="undo">
    <span dir="auto" title=${excerpt(job.prompt, 300)}>Discarded: ${excerpt(job.prompt, 60)}</span>
    <vscode-button class="undo-discard" secondary icon="discard" @click=${onUndo}>Undo</vscode-button>
  </div>
`;

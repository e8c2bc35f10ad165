import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { formatSize } from "../../core/models/size.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { formatName } from "../../core/text/formatName.ts";
import type { PictureView } from "../../protocol.ts";
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
    formatName(picture.otherFormat ?? picture.format ?? job.format),
    ...(job.isSandbox || picture.cost === undefined ? [] : [formatUsd(picture.cost)]),
  ].join(" · ");
};

function actionButton(
  action: PictureAction,
  label: string,
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  onAction: (id: ActionId) => void,
) {
  const problem = action.problem?.(entry, marked);
  const key = action.key === undefined ? "" : ` (${action.key})`;
  return html`<vscode-button
    secondary
    class=${problem === undefined ? "" : "impossible"}
    icon=${action.id === "keep" && problem !== undefined ? "check" : ""}
    data-action=${action.id}
    aria-disabled=${problem === undefined ? nothing : "true"}
    title=${problem?.hint ?? `${action.name(entry)}${key}`}
    @click=${() => onAction(action.id)}
  >${label}</vscode-button>`;
}

const note = (icon: string, tone: string, text: string): TemplateResult => html`
  <div class="note ${tone}"><vscode-icon name=${icon}></vscode-icon><span dir="auto">${text}</span></div>
`;

/** What the user can do with the selected picture. */
interface DetailsListener {
  onAction(id: ActionId): void;
  onOpenKept(index: number): void;
  onMenu(anchor: Element): void;
}

/** The files that a picture was kept as, as links that open them. */
const keptLinks = ({ kept }: PictureView, onOpen: (index: number) => void): readonly TemplateResult[] =>
  kept.map(
    (path, index) => html`<button
      class="link"
      dir="auto"
      title=${l10n.t("Open {0}", path)}
      @click=${() => onOpen(index)}
    >${path}</button>`,
  );

/** The selected picture: the files it was kept as, its facts, and its actions. */
export function pictureDetails(
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  listener: DetailsListener,
): TemplateResult {
  const { job, picture } = entry;
  const buttons = pictureActions.flatMap((action) => {
    const label = isOffered(action, entry) ? action.label?.(entry) : undefined;
    return label ? [{ action, label }] : [];
  });
  const onMenu = ({ currentTarget }: Event) => currentTarget instanceof Element && listener.onMenu(currentTarget);
  return html`
    <div class="facts" title=${excerpt(job.prompt, 300)}>
      ${keptLinks(picture, (index) => listener.onOpenKept(index))}<span>${pictureFacts(entry)}</span>
    </div>
    ${picture.notes.map((text) => note("warning", "warning", text))}
    <div class="actions" role="group" aria-label=${l10n.t("Actions for picture {0}", entry.number)}>
      ${repeat(
        buttons,
        ({ action }) => action.id,
        ({ action, label }) => actionButton(action, label, entry, marked, (id) => listener.onAction(id)),
      )}
      <vscode-toolbar-button
        icon="ellipsis"
        .label=${l10n.t("All actions")}
        title=${l10n.t("All actions (Shift+F10)")}
        @click=${onMenu}
      ></vscode-toolbar-button>
    </div>
  `;
}

/** The selected picture while it is on its way: it can be kept already. */
export const awaitedDetails = (isToBeKept: boolean, onKeep: () => void): TemplateResult => html`
  <div class="facts">${l10n.t("The picture is on its way.")}</div>
  <div class="actions">
    <vscode-button secondary icon=${isToBeKept ? "check" : ""} title=${l10n.t("Keep it when it arrives (K)")} aria-pressed=${isToBeKept} @click=${onKeep}
      >${isToBeKept ? l10n.t("Kept When It Arrives") : l10n.t("Keep When It Arrives")}</vscode-button
    >
  </div>
`;

/** The bar that offers to restore what was discarded last. */
export const undoBar = ({ prompt, others }: UndoableDiscard, onUndo: () => void): TemplateResult => html`
  <div class="undo">
    <span dir="auto" title=${others === undefined ? excerpt(prompt, 300) : nothing}>${
      others === undefined
        ? l10n.t("Discarded: {0}", excerpt(prompt, 60))
        : l10n.t("Discarded: {0} pictures", others + 1)
    }</span>
    <vscode-button class="undo-discard" secondary icon="discard" @click=${onUndo}>${l10n.t("Undo")}</vscode-button>
  </div>
`;

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { visible } from "../../core/visible.ts";
import { formatUsd } from "../form/money.ts";
import { excerpt } from "../jobs/words.ts";
import { type Action, type ActionId, actions, isOffered, isPossible } from "./actions.ts";
import type { Found } from "./found.ts";
import type { Offered } from "./undoOffer.ts";

const facts = ({ job, picture, number, of }: Found): string =>
  [
    `${number} of ${of}`,
    ...(picture.width === undefined ? [] : [`${picture.width} × ${picture.height}`]),
    picture.otherFormat ?? picture.format ?? job.format,
    ...(picture.seed === undefined ? [] : [`seed ${picture.seed}`]),
    ...(job.sandbox || picture.cost === undefined ? [] : [formatUsd(picture.cost)]),
  ].join(" · ");

function button(action: Action, found: Found, marked: Found | undefined, run: (id: ActionId, at: Element) => void) {
  const possible = isPossible(action, found, marked);
  const name = action.name(found);
  const hint = possible ? name : `${name}: mark another picture first (M)`;
  const key = action.key === undefined ? "" : ` (${action.key})`;
  const click = ({ currentTarget }: Event) => {
    if (currentTarget instanceof Element) {
      run(action.id, currentTarget);
    }
  };
  return html`<vscode-toolbar-button
    class=${possible ? "" : "impossible"}
    data-action=${action.id}
    icon=${action.icon(found)}
    .label=${hint}
    title=${hint + (possible ? key : "")}
    @click=${click}
    >${action.id === "keep" || action.id === "restore" ? name : nothing}</vscode-toolbar-button
  >`;
}

const note = (icon: string, tone: string, words: string): TemplateResult => html`
  <div class="note ${tone}"><vscode-icon name=${icon}></vscode-icon><span dir="auto">${words}</span></div>
`;

/** The selected picture: what it is, where it was kept, and all that can be done with it. */
export function strip(
  found: Found,
  marked: Found | undefined,
  run: (id: ActionId, at: Element) => void,
): TemplateResult {
  const { job, picture } = found;
  return html`
    <div class="about" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 200)}</div>
    <div class="facts">${facts(found)}</div>
    ${picture.kept.map((path) => note("pass-filled", "good", path))}
    ${picture.notes.map((words) => note("warning", "warning", words))}
    <div class="actions" role="group" aria-label=${`Actions for picture ${found.number}`}>
      ${repeat(
        actions.filter((action) => isOffered(action, found)),
        ({ id }) => id,
        (action) => button(action, found, marked, run),
      )}
    </div>
  `;
}

const setting = (name: string, value: string): TemplateResult => html`<dt>${name}</dt><dd dir="auto">${value}</dd>`;

/** The settings a picture was made with: seen first, and taken over only on request. */
export function settings(
  { job, picture }: Found,
  overTyped: boolean,
  use: () => void,
  leave: () => void,
): TemplateResult {
  return html`
    <div class="settings" role="group" aria-label="Settings of this picture">
      <dl>
        ${setting("Prompt", visible(job.prompt))} ${setting("Size", job.shape)} ${setting("Count", String(job.count))}
        ${setting("Format", job.format)}
        ${job.references.length === 0 ? nothing : setting("References", job.references.join(", "))}
        ${picture.imageUuid === undefined ? nothing : setting("Image UUID", picture.imageUuid)}
        ${setting("Task UUID", job.id)}
      </dl>
      ${overTyped ? note("warning", "warning", "This replaces the prompt you have typed.") : nothing}
      <div class="choice">
        <vscode-button class="use" @click=${use}>${overTyped ? "Replace My Prompt" : "Use These Settings"}</vscode-button>
        <vscode-button class="leave" secondary @click=${leave}>Cancel</vscode-button>
      </div>
    </div>
  `;
}

/** Offers the picture back that was discarded last. */
export const undoing = ({ job }: Offered, undo: () => void): TemplateResult => html`
  <div class="undo">
    <span dir="auto" title=${excerpt(job.prompt, 300)}>Discarded: ${excerpt(job.prompt, 60)}</span>
    <vscode-button class="undo-discard" secondary icon="discard" @click=${undo}>Undo</vscode-button>
  </div>
`;

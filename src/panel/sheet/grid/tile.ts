import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { formatUsd } from "../../../core/money/usd.ts";
import type { JobView, PictureRef } from "../../../protocol.ts";
import { excerpt, formatTime } from "../../shared/format.ts";
import { freeInSandbox } from "../../shared/money.ts";
import { refOf, type SheetEntry } from "../sheetEntries.ts";

/** Id of a tile's element: the value of `aria-activedescendant`. */
export const tileId = ({ job, picture }: PictureRef): string => `tile-${job}-${picture}`;

/** Accessible name of a tile. */
function tileName({ job, picture, number, total }: SheetEntry): string {
  const facts = [
    ...(picture.kept.length > 0 ? [l10n.t("kept as {0}", picture.kept.join(", "))] : []),
    ...(picture.isStarred ? [l10n.t("starred")] : []),
    ...(picture.isUnsafe ? [l10n.t("flagged as unsafe")] : []),
  ];
  return l10n.t(
    "{0}: {1}",
    [l10n.t("Picture {0} of {1}", number, total), ...facts].join(", "),
    excerpt(job.prompt, 80),
  );
}

/** An empty drawing with the shape of the picture, at most 16:9 wide or 9:16 tall. */
function placeholder({ width = 1, height = 1 }: SheetEntry["picture"]): TemplateResult {
  const ratio = Math.min(16 / 9, Math.max(9 / 16, width / height));
  // It keeps the place until the picture is loaded: the page's policy forbids style attributes.
  return html`<svg class="frame" viewBox=${`0 0 ${Math.round(ratio * 1000)} 1000`} aria-hidden="true"></svg>`;
}

const setHidden = (hidden: boolean) => (event: Event) => {
  if (event.currentTarget instanceof HTMLElement) {
    event.currentTarget.hidden = hidden;
  }
};

/** One picture of the sheet. */
export function tile(entry: SheetEntry, folder: string, isActive: boolean, isMarked: boolean): TemplateResult {
  const { picture } = entry;
  return html`
    <div
      role="gridcell"
      class="tile ${isActive ? "active" : ""}"
      id=${tileId(refOf(entry))}
      aria-selected=${isActive}
      aria-label=${tileName(entry)}
      draggable="true"
      data-job=${entry.job.id}
      data-picture=${picture.id}
    >
      ${placeholder(picture)}
      ${
        picture.thumbnail === undefined
          ? nothing
          : html`<img
              src=${folder + picture.thumbnail}
              alt=""
              width=${picture.width ?? 1}
              height=${picture.height ?? 1}
              loading="lazy"
              decoding="async"
              draggable="false"
              @error=${setHidden(true)}
              @load=${setHidden(false)}
            />`
      }
      ${
        picture.otherFormat === undefined
          ? nothing
          : html`<span class="unshown">${l10n.t("A {0} file, which Limn cannot show", picture.otherFormat)}</span>`
      }
      <span class="marks" aria-hidden="true">
        ${isMarked ? html`<i class="marked"></i>` : nothing} ${picture.isUnsafe ? html`<i class="unsafe"></i>` : nothing}
        ${picture.isStarred ? html`<i class="starred"></i>` : nothing}
        ${picture.kept.length > 0 ? html`<i class="kept"></i>` : nothing}
      </span>
      <span class="number" aria-hidden="true">${entry.number}</span>
    </div>
  `;
}

/** The heading above the pictures of a job. `now` in milliseconds since the epoch. */
export function jobHeading(job: JobView, now: number): TemplateResult {
  const cost = job.isSandbox
    ? freeInSandbox
    : job.cost === undefined
      ? l10n.t("about {0}", formatUsd(job.estimate))
      : formatUsd(job.cost);
  return html`
    <div role="rowheader" class="heading">
      <div class="prompt" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 120)}</div>
      <div class="facts">${[formatTime(job.createdAt, now), job.shape, cost].join(" · ")}</div>
      ${job.notes.map((note) => html`<div class="lost" dir="auto" title=${note}>${note}</div>`)}
    </div>
  `;
}

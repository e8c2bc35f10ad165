import { html, nothing, type TemplateResult } from "lit";
import { formatUsd, freeInSandbox } from "../../form/money.ts";
import { excerpt, formatTime } from "../../jobs/format.ts";
import type { JobGroup, SheetEntry } from "../sheetEntries.ts";

/** Id of a tile's element, for the grid to point at. */
export const tileId = ({ job, picture }: SheetEntry): string => `tile-${job.id}-${picture.id}`;

/** What a tile is for those who hear it. */
function tileName({ job, picture, number, total }: SheetEntry): string {
  const facts = [
    ...(picture.kept.length > 0 ? [`kept as ${picture.kept.join(", ")}`] : []),
    ...(picture.isStarred ? ["starred"] : []),
    ...(picture.isUnsafe ? ["flagged as unsafe"] : []),
  ];
  return `${[`Picture ${number} of ${total}`, ...facts].join(", ")}: ${excerpt(job.prompt, 80)}`;
}

/** Shape of a tile: the picture's own, but never so wide or so tall that its neighbours suffer. */
function placeholder({ width = 1, height = 1 }: SheetEntry["picture"]): TemplateResult {
  const ratio = Math.min(16 / 9, Math.max(9 / 16, width / height));
  // An empty drawing holds the place open before the picture is there; style attributes are
  // forbidden in this page.
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
      id=${tileId(entry)}
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
          : html`<span class="unshown">A ${picture.otherFormat} file, which Limn cannot show</span>`
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

/** What stands above the pictures of a job. */
export function jobHeading({ job }: JobGroup, now: number): TemplateResult {
  const cost = job.isSandbox
    ? freeInSandbox
    : job.cost === undefined
      ? `about ${formatUsd(job.estimate)}`
      : formatUsd(job.cost);
  return html`
    <div role="rowheader" class="heading">
      <div class="prompt" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 120)}</div>
      <div class="facts">${[formatTime(job.createdAt, now), job.shape, cost].join(" · ")}</div>
      ${job.notes.map((note) => html`<div class="lost" dir="auto" title=${note}>${note}</div>`)}
    </div>
  `;
}

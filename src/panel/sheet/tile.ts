import { html, nothing, type TemplateResult } from "lit";
import { formatUsd, freeInSandbox } from "../form/money.ts";
import { excerpt, moment } from "../jobs/words.ts";
import type { Found, Group } from "./found.ts";

/** Id of a tile's element, for the grid to point at. */
export const tileId = ({ job, picture }: Found): string => `tile-${job.id}-${picture.id}`;

/** What a tile is for those who hear it. */
function tileName({ job, picture, number, of }: Found): string {
  const facts = [
    ...(picture.kept.length > 0 ? [`kept as ${picture.kept.join(", ")}`] : []),
    ...(picture.starred ? ["starred"] : []),
    ...(picture.unsafe ? ["flagged as unsafe"] : []),
  ];
  return `${[`Picture ${number} of ${of}`, ...facts].join(", ")}: ${excerpt(job.prompt, 80)}`;
}

/** Shape of a tile: the picture's own, but never so wide or so tall that its neighbours suffer. */
function frame({ width = 1, height = 1 }: Found["picture"]): TemplateResult {
  const ratio = Math.min(16 / 9, Math.max(9 / 16, width / height));
  // An empty drawing holds the place open before the picture is there; style attributes are forbidden in this page.
  return html`<svg class="frame" viewBox=${`0 0 ${Math.round(ratio * 1000)} 1000`} aria-hidden="true"></svg>`;
}

const hide = (hidden: boolean) => (event: Event) => {
  if (event.currentTarget instanceof HTMLElement) {
    event.currentTarget.hidden = hidden;
  }
};

/** One picture of the sheet. */
export function tile(found: Found, folder: string, active: boolean, marked: boolean): TemplateResult {
  const { picture } = found;
  return html`
    <div
      role="gridcell"
      class="tile ${active ? "active" : ""}"
      id=${tileId(found)}
      aria-selected=${active}
      aria-label=${tileName(found)}
      draggable="true"
      data-job=${found.job.id}
      data-picture=${picture.id}
    >
      ${frame(picture)}
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
              @error=${hide(true)}
              @load=${hide(false)}
            />`
      }
      ${
        picture.otherFormat === undefined
          ? nothing
          : html`<span class="unshown">A ${picture.otherFormat} file, which Limn cannot show</span>`
      }
      <span class="marks" aria-hidden="true">
        ${marked ? html`<i class="marked"></i>` : nothing} ${picture.unsafe ? html`<i class="unsafe"></i>` : nothing}
        ${picture.starred ? html`<i class="starred"></i>` : nothing}
        ${picture.kept.length > 0 ? html`<i class="kept"></i>` : nothing}
      </span>
      <span class="number" aria-hidden="true">${found.number}</span>
    </div>
  `;
}

/** What stands above the pictures of a job. */
export function heading({ job }: Group, now: number): TemplateResult {
  const cost = job.sandbox
    ? freeInSandbox
    : job.cost === undefined
      ? `about ${formatUsd(job.estimate)}`
      : formatUsd(job.cost);
  return html`
    <div role="rowheader" class="heading">
      <div class="prompt" dir="auto" title=${excerpt(job.prompt, 300)}>${excerpt(job.prompt, 120)}</div>
      <div class="facts">${[moment(job.createdAt, now), job.shape, cost].join(" · ")}</div>
      ${job.notes.map((note) => html`<div class="lost" dir="auto" title=${note}>${note}</div>`)}
    </div>
  `;
}

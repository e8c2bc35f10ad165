import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import type { Pixels } from "../../../core/models/size.ts";
import type { JobView, PictureRef } from "../../../protocol.ts";
import { excerpt } from "../../shared/format.ts";
import { refOf, type SheetEntry } from "../sheetEntries.ts";

/** Id of a tile's element: the value of `aria-activedescendant`. */
export const tileId = ({ job, picture }: PictureRef): string => `tile-${job}-${picture}`;

/** Id of the element of the n-th place of a job, from 1, while its picture is on its way. */
export const waitingId = (job: string, number: number): string => `waiting-${job}-${number}`;

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
function placeholder({ width = 1, height = 1 }: Partial<Pixels>): TemplateResult {
  const ratio = Math.min(16 / 9, Math.max(9 / 16, width / height));
  // It keeps the place until the picture is loaded: the page's policy forbids style attributes.
  return html`<svg class="frame" viewBox=${`0 0 ${Math.round(ratio * 1000)} 1000`} aria-hidden="true"></svg>`;
}

const setHidden = (hidden: boolean) => (event: Event) => {
  if (event.currentTarget instanceof HTMLElement) {
    event.currentTarget.hidden = hidden;
  }
};

/** What is special about a tile now. */
interface TileState {
  /** Whether the keys go on from here. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** Whether several pictures are selected together, or one that is not active. */
  readonly isOneOfSeveral: boolean;
  /** Whether others are compared with it. */
  readonly isMarked: boolean;
}

/** One picture of the sheet. */
export function tile(
  entry: SheetEntry,
  folder: string,
  { isActive, isSelected, isOneOfSeveral, isMarked }: TileState,
): TemplateResult {
  const { picture } = entry;
  return html`
    <div
      role="gridcell"
      class="tile ${isActive ? "active" : ""} ${isOneOfSeveral && isSelected ? "selected" : ""}"
      id=${tileId(refOf(entry))}
      aria-selected=${isSelected}
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
              class=${picture.hasAlpha === true ? "alpha" : ""}
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
      ${isOneOfSeveral && isSelected ? html`<span class="check" aria-hidden="true"></span>` : nothing}
      <span class="number" aria-hidden="true">${entry.number}</span>
    </div>
  `;
}

/** The place of a picture that is on its way: the `number`-th of its job. */
export function waitingTile(job: JobView, number: number, isActive: boolean, isToBeKept: boolean): TemplateResult {
  return html`
    <div
      role="gridcell"
      class="waiting tile ${isActive ? "active" : ""}"
      id=${waitingId(job.id, number)}
      aria-selected=${isActive}
      aria-label=${
        isToBeKept
          ? l10n.t("Waiting for picture {0} of {1}, to be kept", number, job.count)
          : l10n.t("Waiting for picture {0} of {1}", number, job.count)
      }
    >
      ${placeholder(job.pixels ?? {})}
      ${isToBeKept ? html`<span class="marks" aria-hidden="true"><i class="kept"></i></span>` : nothing}
    </div>
  `;
}

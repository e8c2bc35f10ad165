import * as l10n from "@vscode/l10n";
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { TableJob, TablePicture } from "../protocol.ts";

/** Label of a picture with its state, for screen readers. */
export const describePicture = ({ label, kept, isStarred, isDiscarded }: TablePicture): string =>
  [
    label,
    ...(kept.length > 0 ? [l10n.t("kept")] : []),
    ...(isStarred ? [l10n.t("starred")] : []),
    ...(isDiscarded ? [l10n.t("discarded")] : []),
  ].join(", ");

/** Link to a small version of the picture; the picture itself until there is one. */
export const thumbnailLink = ({ thumbnails }: TableJob, { thumbnail, link }: TablePicture): string | undefined =>
  thumbnail === undefined ? link : thumbnails + thumbnail;

const mark = (icon: string) => html`<vscode-icon name=${icon}></vscode-icon>`;

function tile(job: TableJob, picture: TablePicture, isShown: boolean, onShow: (picture: string) => void) {
  const link = thumbnailLink(job, picture);
  return html`
    <div class="tile ${picture.isDiscarded ? "discarded" : ""}" role="option" aria-selected=${isShown} aria-label=${describePicture(picture)}
      tabindex=${isShown ? 0 : -1} @click=${() => onShow(picture.id)}>
      ${link === undefined ? mark("file-media") : html`<img class=${picture.hasAlpha === true ? "alpha" : ""} src=${link} alt="" draggable="false" />`}
      <span class="marks">
        ${picture.kept.length > 0 ? mark("pass-filled") : nothing} ${picture.isStarred ? mark("star-full") : nothing}
        ${picture.isDiscarded ? mark("trash") : nothing}
      </span>
    </div>
  `;
}

/** The small pictures below the large one; nothing if there is only one. */
export function filmstrip(job: TableJob, shown: TablePicture, onShow: (picture: string) => void) {
  const { pictures, pending } = job;
  if (pictures.length + pending < 2) {
    return nothing;
  }
  return html`
    <div class="filmstrip">
      <div class="tiles" role="listbox" aria-orientation="horizontal" aria-label=${l10n.t("Pictures of This Request")}>
        ${repeat(
          pictures,
          ({ id }) => id,
          (picture) => tile(job, picture, picture.id === shown.id, onShow),
        )}
      </div>
      ${pending === 0 ? nothing : html`<span class="pending">${l10n.t("Not here yet: {0}", pending)}</span>`}
    </div>
  `;
}

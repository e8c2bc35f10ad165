// Entry of dist/cropPage.js: the page that moves the crop of an image file that is exported. It
// needs no components, so that it is there at once.
import "../../webview/l10n.ts";
import * as l10n from "@vscode/l10n";
import { css, html, nothing, render } from "lit";
import { adoptStyle } from "../../webview/adoptStyle.ts";
import { createLiveRegion } from "../../webview/announce.ts";
import { chequered } from "../../webview/chequered.ts";
import { onCropPageMessage, postCropPage } from "../../webview/vscodeApi.ts";
import { imagePageStyle } from "../imagePageStyle.ts";
import { pageStyle } from "../pageStyle.ts";
import { CropControl, type CroppedPicture } from "./cropControl.ts";

adoptStyle(pageStyle);
adoptStyle(imagePageStyle);
adoptStyle(css`
  main {
    color: var(--vscode-editor-foreground);
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    height: 100vh;
  }
  .stage {
    container-type: size;
    display: grid;
    margin: 12px;
    place-items: center;
  }
  .sheet {
    ${chequered}
    position: relative;
  }
  img {
    display: block;
    height: 100%;
    width: 100%;
  }
  .details {
    border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: grid;
    gap: 6px;
    padding: 8px 12px;
  }
  p {
    font-variant-numeric: tabular-nums;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  button.secondary {
    background: var(--vscode-button-secondaryBackground, transparent);
    color: var(--vscode-button-secondaryForeground);
  }
  button.secondary:hover {
    background: var(--vscode-button-secondaryHoverBackground, transparent);
  }
`);
createLiveRegion();

/** The image, with a link to its bytes. */
interface ShownImage extends CroppedPicture {
  readonly label: string;
  readonly link: string;
}

let image: ShownImage | undefined;
const main = document.createElement("main");
document.body.append(main);

const control = new CropControl({
  picture: () => image,
  changed: draw,
  moved: (focus) => postCropPage({ type: "moveCrop", ...(focus === undefined ? {} : { focus }) }),
});

function end(type: "use" | "cancel"): void {
  control.send();
  postCropPage({ type });
}

/** By script, since the page's Content Security Policy forbids style attributes. */
function placeSheet({ width, height }: CroppedPicture["source"]): void {
  const sheet = main.querySelector<HTMLElement>(".sheet");
  if (sheet !== null) {
    sheet.style.aspectRatio = `${width} / ${height}`;
    sheet.style.width = `min(100cqw, ${(100 * width) / height}cqh, ${width}px)`;
  }
}

const sheetOf = ({ link, label }: ShownImage) => html`
  <div class="sheet"><img src=${link} alt=${label} draggable="false" />${control.frame()}</div>
`;

function draw(): void {
  const isReady = control.frames() !== undefined;
  render(
    html`
      <div class="stage">${image === undefined ? nothing : sheetOf(image)}</div>
      <div class="details">
        <h1>${image?.label}</h1>
        <p role=${isReady ? nothing : "status"}>${control.text()}</p>
        <div class="actions" role="group" aria-label=${l10n.t("Crop")}>
          <button ?disabled=${!isReady} title=${l10n.t("Use This Crop (Enter)")} @click=${() => end("use")}>${l10n.t("Use This Crop")}</button>
          <button class="secondary" ?disabled=${!isReady} title=${l10n.t("Automatic Position (Home)")} @click=${() => control.reset()}>${l10n.t("Automatic Position")}</button>
          <button class="secondary" title=${l10n.t("Cancel (Escape)")} @click=${() => end("cancel")}>${l10n.t("Cancel")}</button>
        </div>
      </div>
    `,
    main,
  );
  if (image !== undefined) {
    placeSheet(image.source);
  }
}

function onKeydown(event: KeyboardEvent): void {
  const isOnButton = event.target instanceof HTMLButtonElement;
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === "Escape") {
    end("cancel");
  } else if (event.key === "Enter" && !isOnButton && control.frames() !== undefined) {
    end("use");
  } else if (!control.runKey(event)) {
    return;
  }
  event.preventDefault();
}

window.addEventListener("keydown", onKeydown);
window.addEventListener("keyup", () => control.send());
window.addEventListener("blur", () => control.send());
onCropPageMessage(({ bytes, label, source, view }) => {
  image = { label, source, view, link: URL.createObjectURL(new Blob([bytes])) };
  draw();
});
draw();
postCropPage({ type: "ready" });

import type { LoadedPicture } from "./loadedPicture.ts";
import { type Extent, type Placement, visiblePart } from "./viewport.ts";
import type { ViewSettings } from "./viewSettings.ts";

/** All that decides where the pictures are in their panes. */
export interface StageLayout {
  readonly placement: Placement;
  readonly pane: Extent;
  readonly box: Extent;
  /** CSS pixels per pixel of the box. */
  readonly scale: number;
  readonly isCropped: boolean;
  readonly settings: Pick<ViewSettings, "mode" | "split">;
  /** Whether the right picture is shown on the left. */
  readonly flipped: boolean;
  readonly left: LoadedPicture;
  /** Absent if one picture is shown. */
  readonly right?: LoadedPicture | undefined;
}

/** From this scale on, pixels are drawn as squares, as in VS Code's own image preview. */
const pixelatedFromScale = 3;

const px = (value: number): string => `${value}px`;

function setPosition({ style }: HTMLElement, { left, top, width, height }: Placement): void {
  Object.assign(style, { left: px(left), top: px(top), width: px(width), height: px(height) });
}

/** Place of a picture in the box: centred, as large as it fits. */
function fitIntoBox({ box, scale }: StageLayout, size: Extent): Placement {
  const factor = Math.min(box.width / size.width, box.height / size.height) * scale;
  const [width, height] = [size.width * factor, size.height * factor];
  return { width, height, left: (box.width * scale - width) / 2, top: (box.height * scale - height) / 2 };
}

/** Clips a picture to its side of `dividerX`, which counts from the left edge of the sheet. */
function clipLayer(layer: HTMLElement, dividerX: number, isFirst: boolean, width: number): void {
  layer.style.clipPath = isFirst ? `inset(0 ${px(width - dividerX)} 0 0)` : `inset(0 0 0 ${px(dividerX)})`;
  // Screen readers must not read a picture that is not visible at all.
  layer.style.visibility = (isFirst ? dividerX <= 0 : dividerX >= width) ? "hidden" : "visible";
}

/**
 * Places the pictures and the divider. By script, since the page's Content Security Policy forbids
 * style attributes, and after each rendering, since the panes have no size before.
 */
export function placePictures(root: ParentNode, layout: StageLayout): void {
  const { placement, pane, settings, flipped } = layout;
  const visible = visiblePart(placement, pane);
  const divider = visible.left + settings.split * visible.width;
  for (const [index, element] of root.querySelectorAll<HTMLElement>(".pane").entries()) {
    element.classList.toggle("cut", layout.isCropped);
    const dividerX = settings.mode === "slider" ? divider - placement.left : index === 0 ? placement.width : 0;
    for (const sheet of element.querySelectorAll<HTMLElement>(".sheet")) {
      setPosition(sheet, placement);
    }
    for (const layer of element.querySelectorAll<HTMLElement>(".layer")) {
      const isLeft = layer.classList.contains("left");
      const size = (isLeft ? layout.left : layout.right)?.size;
      const image = layer.querySelector("img");
      if (size !== undefined && image !== null) {
        const inner = fitIntoBox(layout, size);
        setPosition(image, inner);
        image.classList.toggle("squares", inner.width / size.width >= pixelatedFromScale);
      }
      clipLayer(layer, dividerX, isLeft !== flipped, placement.width);
    }
    for (const handle of element.querySelectorAll<HTMLElement>(".divider")) {
      Object.assign(handle.style, { left: px(divider), top: px(visible.top), height: px(visible.height) });
    }
  }
}

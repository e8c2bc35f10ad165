import type { ExportFormat, ExportTarget } from "./target.ts";

/** Pixels as a user types them. */
export interface TypedPixels {
  readonly width: number;
  /** Absent: as high as the shape of the picture demands. */
  readonly height?: number;
  /** Largest number of pixels per CSS pixel; there is a file for each up to it. */
  readonly density: number;
}

const pattern = /^(\d{1,5})(?:\s*[x×*]\s*(\d{1,5}))?(?:\s*px)?(?:\s*@([23])x)?$/i;

/** Reads `400x300`, `400` or `400x300 @2x`; `undefined` for other texts. */
export function parsePixels(text: string): TypedPixels | undefined {
  const match = pattern.exec(text.trim());
  const [width, height, density] = [match?.[1], match?.[2], match?.[3] ?? 1].map(Number);
  if (match === null || !width || height === 0 || density === undefined) {
    return undefined;
  }
  return { width, density, ...(match[2] === undefined || height === undefined ? {} : { height }) };
}

/** The target for pixels that a user types. A screen's densities are in the names: `@2x`, `@3x`. */
export function typedTarget({ width, height, density }: TypedPixels, format: ExportFormat): ExportTarget {
  const size = height === undefined ? `${width}w` : `${width}x${height}`;
  const files = Array.from({ length: density }, (_, index) => ({
    path: `{name}-${size}${index === 0 ? "" : `@${index + 1}x`}.${format.toLowerCase()}`,
    width: width * (index + 1),
    ...(height === undefined ? {} : { height: height * (index + 1) }),
    format,
    ...(format === "JPG" ? { background: "#ffffff" } : {}),
  }));
  const name = height === undefined ? `${width} px` : `${width} × ${height}`;
  return { id: "typed", name, group: "convert", files };
}

import * as l10n from "@vscode/l10n";
import type { StoredToolUse, Tool, ToolId } from "./tool.ts";

/**
 * The tools of the service. Models, factors and fields are those of the vendor's pages. These name
 * no limits of the source: the service refuses what it does not take, at no cost. The prices are
 * what other projects observed; the service bills the time that it computes, so they are no more
 * than estimates.
 */
const tools: Readonly<Record<ToolId, Tool>> = {
  // Matting keeps fine edges such as hair, and real transparency.
  removeBackground: {
    id: "removeBackground",
    model: "runware:112@9",
    modelName: "BiRefNet Matting",
    name: () => l10n.t("Remove Background"),
    result: () => l10n.t("Background removed"),
    factors: [],
    formats: ["PNG", "WEBP"],
    suffix: () => "-no-background",
    makesTransparency: true,
    source: { maxSide: 8192, maxBytes: 10_000_000 },
    price: 0.0006,
  },
  upscale: {
    id: "upscale",
    model: "runware:504@1",
    modelName: "Real-ESRGAN",
    name: () => l10n.t("Upscale"),
    result: ({ factor = 0 }) => l10n.t("Upscaled {0}×", factor),
    factors: [2, 4],
    formats: ["PNG", "JPG", "WEBP"],
    suffix: ({ factor = 0 }) => `-${factor}x`,
    makesTransparency: false,
    source: { maxSide: 8192, maxBytes: 10_000_000 },
    price: 0.0013,
  },
};

/** The tool with this id. */
export const toolOf = (id: ToolId): Tool => tools[id];

/** The tool of a stored use; `undefined` if this version of Limn does not know it. */
export const findTool = ({ id }: Pick<StoredToolUse, "id">): Tool | undefined =>
  Object.values(tools).find((tool) => tool.id === id);

import type { Request } from "../../src/core/request/request.ts";
import type { ToolUse } from "../../src/core/tools/tool.ts";
import { toolOf } from "../../src/core/tools/tools.ts";
import { resultPixels } from "../../src/core/tools/toolTask.ts";
import { greyPng } from "./greyPng.ts";

/** Pixels of the picture that a tool changes. */
const sourcePixels = { width: 64, height: 48 };

const bytes = greyPng(sourcePixels.width, sourcePixels.height, 90);

/** The fields of a request that make it one to a tool, which makes one picture of a small one. */
export const toolFields = (use: ToolUse) =>
  ({
    model: toolOf(use.id).model,
    tool: use,
    references: [{ label: "images/hut.png", image: `data:image/png;base64,${bytes.toString("base64")}` }],
    shape: resultPixels(sourcePixels, use),
    count: 1,
  }) satisfies Partial<Request>;

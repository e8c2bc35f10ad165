import { QuickPickItemKind } from "vscode";
import type { Model, Size } from "../../core/models/model.ts";
import { ratioUses } from "../../core/models/ratioUses.ts";
import { formatSize } from "../../core/models/size.ts";
import type { Shape } from "../../core/request/request.ts";
import type { ChoiceItem } from "./askChoice.ts";
import { sizeIcon } from "./sizeIcon.ts";

/** A heading in a list of sizes. */
export const separator = (label: string): ChoiceItem<Shape> => ({ label, kind: QuickPickItemKind.Separator });

/** One size. `note` replaces what its aspect ratio is used for. */
export function sizeChoice({ width, height, ratio, tier }: Size, note?: string): ChoiceItem<Shape> {
  const use = note ?? ratioUses()[ratio] ?? "";
  return {
    label: formatSize({ width, height }),
    description: `${ratio} · ${tier.toUpperCase()} · ${use}`,
    iconPath: sizeIcon({ width, height }),
    value: { width, height },
  };
}

/** All sizes by aspect ratio, the largest first. */
export function sizeChoices({ sizes }: Model): ChoiceItem<Shape>[] {
  return [...Map.groupBy(sizes, ({ ratio }) => ratio)].flatMap(([ratio, group]) => [
    separator(ratio),
    ...group.toReversed().map((size) => sizeChoice(size)),
  ]);
}

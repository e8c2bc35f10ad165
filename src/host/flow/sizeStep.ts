import { l10n, QuickPickItemKind } from "vscode";
import type { Model, Size } from "../../core/models/model.ts";
import { formatSize, nearestSize } from "../../core/models/size.ts";
import type { Shape } from "../../core/request/request.ts";
import { askChoice, type ChoiceItem } from "./askChoice.ts";
import type { FlowDraft } from "./flowDraft.ts";
import { sizeIcon } from "./sizeIcon.ts";
import type { Step } from "./step.ts";

/** What each aspect ratio is good for. */
const ratioUses = (): Readonly<Record<string, string>> => ({
  "1:1": l10n.t("avatars, icons, product shots"),
  "3:2": l10n.t("photographs, article headers"),
  "2:3": l10n.t("portraits, book covers, posters"),
  "4:3": l10n.t("screens, cards, thumbnails"),
  "3:4": l10n.t("portraits, catalogue pages"),
  "9:16": l10n.t("phones, stories, splash screens"),
  "16:9": l10n.t("hero pictures, slides, video covers"),
  "21:9": l10n.t("banners, page headers"),
});

const separator = (label: string): ChoiceItem<Shape> => ({ label, kind: QuickPickItemKind.Separator });

/** Shapes are compared as they are stored and sent. */
const isSameShape = (a: Shape | undefined, b: Shape): boolean => JSON.stringify(a) === JSON.stringify(b);

function sizeChoice({ width, height, ratio, tier }: Size, note?: string): ChoiceItem<Shape> {
  const use = note ?? ratioUses()[ratio] ?? "";
  return {
    label: formatSize({ width, height }),
    description: `${ratio} · ${tier.toUpperCase()} · ${use}`,
    iconPath: sizeIcon({ width, height }),
    value: { width, height },
  };
}

/** What a reference makes possible: its own shape, and the size that comes nearest to it. */
function referenceChoices(model: Model, { loaded }: FlowDraft): ChoiceItem<Shape>[] {
  const [first] = loaded.references;
  if (first?.file === undefined) {
    return [];
  }
  const { pixels } = first.file;
  const nearest = nearestSize(model, pixels);
  const resolutionChoices = model.resolutions.toReversed().map((resolution) => ({
    label: l10n.t("Like the reference, {0}", resolution.toUpperCase()),
    description: l10n.t("keeps the shape of {0}", first.label),
    iconPath: sizeIcon(pixels),
    value: { resolution },
  }));
  const noSizeChoice: ChoiceItem<Shape> = {
    label: l10n.t("Like the reference, Runware's choice"),
    description: l10n.t("no size is sent"),
    iconPath: sizeIcon(pixels),
    value: "like-reference",
  };
  return [
    separator(l10n.t("reference: {0}", formatSize(pixels))),
    sizeChoice(nearest, l10n.t("nearest to the reference")),
    ...resolutionChoices,
    noSizeChoice,
  ];
}

/** All sizes, the two tiers of each ratio together, the larger first. */
function sizeChoices({ sizes }: Model): ChoiceItem<Shape>[] {
  return [...Map.groupBy(sizes, ({ ratio }) => ratio)].flatMap(([ratio, group]) => [
    separator(ratio),
    ...group.toReversed().map((size) => sizeChoice(size)),
  ]);
}

/** Asks for the size, among those the model can make. */
export function sizeStep(model: Model): Step<FlowDraft> {
  return async (position, draft) => {
    const answer = await askChoice<Shape>(position, {
      placeholder: l10n.t("Size in pixels; type to find one, such as 16:9 or 2K or banner"),
      choices: [...referenceChoices(model, draft), ...sizeChoices(model)],
      isActive: (shape) => isSameShape(draft.shape, shape),
    });
    return answer === "back" ? answer : { value: { ...draft, shape: answer.value } };
  };
}

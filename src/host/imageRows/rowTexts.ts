import { l10n } from "vscode";

/** What the rows of a list are. */
export type RowKind = "missing" | "draft";

/** The texts of a list and of the purchase of its rows. */
interface RowTexts {
  /** Title of the list; `price` of the rows that are checked, absent if there are none. */
  readonly title: (checked: number, count: number, price: string | undefined) => string;
  /** Images that jobs make already, as a part of the title. */
  readonly beingMade: (count: number) => string;
  /** Images that cannot be made, as a part of the title. */
  readonly impossible: (count: number) => string;
  readonly placeholder: () => string;
  readonly progress: () => string;
  /** The result, if there was more than one row. */
  readonly result: (made: number, count: number) => string;
}

export const rowTexts: Readonly<Record<RowKind, RowTexts>> = {
  missing: {
    title: (checked, count, price) =>
      price === undefined
        ? l10n.t("Missing Images: 0 of {0}", count)
        : l10n.t("Missing Images: {0} of {1}, {2}", checked, count, price),
    beingMade: (count) => l10n.t("being made or saved: {0}", count),
    impossible: (count) => l10n.t("cannot be saved: {0}", count),
    placeholder: () => l10n.t("Space selects, Enter generates the selected images"),
    progress: () => l10n.t("Limn: Generating missing images"),
    result: (made, count) => l10n.t("Saved {0} of {1} missing images", made, count),
  },
  draft: {
    title: (checked, count, price) =>
      price === undefined
        ? l10n.t("Render Drafts: 0 of {0}", count)
        : l10n.t("Render Drafts: {0} of {1}, {2}", checked, count, price),
    beingMade: (count) => l10n.t("being rendered: {0}", count),
    impossible: (count) => l10n.t("cannot be rendered: {0}", count),
    placeholder: () => l10n.t("Space selects, Enter renders the selected drafts"),
    progress: () => l10n.t("Limn: Rendering drafts"),
    result: (made, count) => l10n.t("Rendered {0} of {1} drafts", made, count),
  },
};

import * as l10n from "@vscode/l10n";

/** What each aspect ratio is good for, by its name. */
export const ratioUses = (): Readonly<Record<string, string>> => ({
  "1:1": l10n.t("avatars, icons, product shots"),
  "3:2": l10n.t("photographs, article headers"),
  "2:3": l10n.t("portraits, book covers, posters"),
  "4:3": l10n.t("screens, cards, thumbnails"),
  "3:4": l10n.t("portraits, catalogue pages"),
  "9:16": l10n.t("phones, stories, splash screens"),
  "16:9": l10n.t("hero pictures, slides, video covers"),
  "21:9": l10n.t("banners, page headers"),
});

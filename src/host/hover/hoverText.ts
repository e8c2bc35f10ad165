import { env, l10n, MarkdownString } from "vscode";
import { formatSize } from "../../core/models/size.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { formatBytes } from "../../core/text/byteSize.ts";
import { formatName } from "../../core/text/formatName.ts";
import type { DraftImage } from "../../imaging/draftFile.ts";
import type { CommandId } from "../ids.ts";
import type { ImageFile } from "../imageLinks/readImage.ts";
import { freeInSandbox } from "../money/sandboxPrice.ts";
import { escapeMarkdown } from "../ui/escapeMarkup.ts";
import { excerpt } from "../ui/promptExcerpt.ts";
import type { Purchase } from "./purchaseOf.ts";

/** A link in a hover that runs a command. */
export interface HoverAction {
  /** Of VS Code's icons. */
  readonly icon: string;
  readonly title: string;
  readonly command: CommandId;
  readonly argument: unknown;
}

/**
 * Largest sides of the thumbnail, in CSS pixels: VS Code makes a hover 250 high at most, and the
 * actions should be in view.
 */
const thumbnailLimits = { width: 240, height: 112 };

/** Pixels of the largest image that the window decodes for a hover. */
const maxThumbnailPixels = 100_000_000;

/** Plain text in a hover: neither Markdown nor icons. */
export const plain = (text: string): string => escapeMarkdown(text).replaceAll("\\$", "&#36;");

/** The thumbnail of an image; empty if it cannot be shown, or only with much memory. */
export function thumbnail({ uri, size, header }: ImageFile): string {
  if (header === undefined || size > maxImageFileBytes || header.width * header.height > maxThumbnailPixels) {
    return "";
  }
  const scale = Math.min(1, thumbnailLimits.width / header.width, thumbnailLimits.height / header.height);
  const [width, height] = [header.width, header.height].map((side) => Math.max(1, Math.round(side * scale)));
  return `![](${uri.toString()}|width=${width},height=${height})`;
}

/** Pixels, weight and format of an image, or that it cannot be read. */
export function factsText({ uri, size, header }: ImageFile, path: string): string {
  if (header !== undefined) {
    return [formatSize(header), formatBytes(size), formatName(header.format)].join(" · ");
  }
  return uri.scheme === "file"
    ? `$(warning) ${l10n.t("{0} is damaged, or not an image ({1}).", plain(path), formatBytes(size))}`
    : formatBytes(size);
}

/** That there is no file at this path. */
export const missingText = (path: string): string => `$(warning) ${l10n.t("{0} does not exist.", plain(path))}`;

/** Characters of a prompt that a hover shows. */
const promptLength = 160;

/** What the image was bought with, when, and what it cost. */
export function purchaseText({ prompt, createdAt, cost, isSandbox, isChanged }: Purchase): string {
  const day = new Date(createdAt).toLocaleDateString(env.language, { dateStyle: "medium" });
  const price = isSandbox ? freeInSandbox() : cost === undefined ? [] : formatUsd(cost);
  const facts = [l10n.t("Made with Limn"), day, price, isChanged ? l10n.t("changed since") : []].flat();
  return `“${plain(excerpt(prompt, promptLength))}”  \n${facts.map(plain).join(" · ")}`;
}

/** That an image is a draft, and what is to be made of it. */
export const draftText = ({ prompt }: DraftImage): string =>
  `“${plain(excerpt(prompt, promptLength))}”  \n${plain(l10n.t("Draft of Limn: no picture was made yet."))}`;

/** The address of a command with its argument, in which nothing can end a link of Markdown. */
const commandUri = ({ command, argument }: HoverAction): string => {
  const encoded = encodeURIComponent(JSON.stringify([argument]));
  return `command:${command}?${encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)}`;
};

/** A hover of paragraphs, with the actions in the last one. No other command can be run from it. */
export function hoverMarkdown(paragraphs: readonly string[], actions: readonly HoverAction[]): MarkdownString {
  const links = actions.map((action) => `[$(${action.icon}) ${action.title}](${commandUri(action)})`);
  const parts = [...paragraphs, links.join(" &nbsp;&nbsp; ")].filter((part) => part !== "");
  const markdown = new MarkdownString(parts.join("\n\n"), true);
  markdown.isTrusted = { enabledCommands: actions.map(({ command }) => command) };
  return markdown;
}

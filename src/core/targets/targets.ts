import * as l10n from "@vscode/l10n";
import type { ExportFormat, ExportTarget, TargetFile } from "./target.ts";

/** A file of exact pixels. */
const file = (
  path: string,
  width: number,
  height: number,
  format: ExportFormat,
  rest: Omit<TargetFile, "path" | "width" | "height" | "format"> = {},
): TargetFile => ({ path, width, height, format, ...rest });

/** A square PNG file. */
const square = (path: string, side: number, rest?: Omit<TargetFile, "path" | "width" | "height" | "format">) =>
  file(path, side, side, "PNG", rest);

const white = "#ffffff";

/**
 * All targets. Sizes, weights and their sources: Facebook's and X's documentation of cards (og),
 * GitHub's “Customizing your repository's social media preview”, Apple's “Configuring your app icon
 * using an asset catalog”, Google Play's “Icon design specifications” and “Add preview assets”,
 * Android's “AdaptiveIconDrawable” and launcher sizes, the Chrome Web Store's “Supplying images”,
 * VS Code's “Publishing Extensions”, and W3C's “Web Application Manifest” for maskable icons.
 */
export const targets: readonly ExportTarget[] = [
  {
    id: "og",
    name: "og:image",
    group: "social",
    files: [file("{name}-og.jpg", 1200, 630, "JPG", { maxBytes: 300_000, background: white })],
  },
  {
    id: "github-social",
    name: l10n.t("GitHub social preview"),
    group: "social",
    files: [file("{name}-social.jpg", 1280, 640, "JPG", { maxBytes: 1_000_000, background: white })],
  },
  {
    id: "square-post",
    name: l10n.t("Square post"),
    group: "social",
    files: [file("{name}-1080x1080.jpg", 1080, 1080, "JPG", { maxBytes: 8_000_000, background: white })],
  },
  {
    id: "portrait-post",
    name: l10n.t("Portrait post"),
    group: "social",
    files: [file("{name}-1080x1350.jpg", 1080, 1350, "JPG", { maxBytes: 8_000_000, background: white })],
  },
  {
    id: "story",
    name: l10n.t("Story"),
    group: "social",
    files: [file("{name}-1080x1920.jpg", 1080, 1920, "JPG", { background: white })],
    // The apps draw their own controls over 250 px at the top and at the bottom.
    safeZone: { width: 1, height: 1 - (2 * 250) / 1920 },
  },
  {
    id: "video-thumbnail",
    name: l10n.t("YouTube thumbnail"),
    group: "social",
    files: [file("{name}-1280x720.jpg", 1280, 720, "JPG", { maxBytes: 2_000_000, background: white })],
  },
  {
    id: "hero",
    name: l10n.t("Hero"),
    group: "web",
    files: [file("{name}-1920x1080.webp", 1920, 1080, "WEBP", { maxBytes: 200_000 })],
  },
  {
    id: "srcset",
    name: l10n.t("Widths for srcset"),
    group: "web",
    files: [640, 1080, 1920].map((width) => ({
      path: `{name}-${width}w.webp`,
      width,
      format: "WEBP",
      maxBytes: 200_000,
    })),
  },
  {
    id: "card",
    name: l10n.t("Card"),
    group: "web",
    files: [file("{name}-1200x800.webp", 1200, 800, "WEBP", { maxBytes: 200_000 })],
  },
  {
    id: "email",
    name: l10n.t("Email header"),
    group: "web",
    files: [file("{name}-1200x600.jpg", 1200, 600, "JPG", { maxBytes: 200_000, background: white })],
  },
  {
    id: "favicon",
    name: l10n.t("Favicon set"),
    group: "icons",
    isForSiteRoot: true,
    icon: { path: "favicon.ico", sides: [16, 32, 48] },
    files: [
      // iOS paints transparency black and rounds the corners itself.
      square("apple-touch-icon.png", 180, { background: white, padding: 20 / 180 }),
      square("icon-192.png", 192),
      square("icon-512.png", 512),
      // The subject must be in a circle of 80 % of the side, so a square one has 0.8 / √2 of it.
      square("icon-512-maskable.png", 512, { background: white, padding: (1 - 0.8 / Math.SQRT2) / 2 }),
    ],
    manifest: "site.webmanifest",
    htmlLines: [
      '<link rel="icon" href="/favicon.ico" sizes="32x32">',
      '<link rel="apple-touch-icon" href="/apple-touch-icon.png">',
      '<link rel="manifest" href="/site.webmanifest">',
    ],
  },
  {
    id: "vscode-icon",
    name: l10n.t("VS Code extension icon"),
    group: "icons",
    files: [square("{name}-256.png", 256)],
  },
  {
    id: "chrome-icon",
    name: l10n.t("Chrome Web Store icon"),
    group: "icons",
    files: [square("{name}-128.png", 128, { padding: 16 / 128 })],
  },
  {
    id: "ios-icon",
    name: l10n.t("iOS app icon"),
    group: "apps",
    files: [square("AppIcon-1024.png", 1024, { background: white })],
  },
  {
    id: "android-icon",
    name: l10n.t("Android launcher icon"),
    group: "apps",
    files: [
      ["mdpi", 48],
      ["hdpi", 72],
      ["xhdpi", 96],
      ["xxhdpi", 144],
      ["xxxhdpi", 192],
    ].map(([density, side]) => square(`mipmap-${density}/ic_launcher.png`, Number(side))),
  },
  {
    id: "play-icon",
    name: l10n.t("Google Play icon"),
    group: "apps",
    files: [square("{name}-512.png", 512, { maxBytes: 1_048_576 })],
  },
  {
    id: "play-feature",
    name: l10n.t("Google Play feature graphic"),
    group: "apps",
    files: [file("{name}-1024x500.jpg", 1024, 500, "JPG", { background: white })],
  },
  { id: "png", name: "PNG", group: "convert", files: [{ path: "{name}.png", format: "PNG" }] },
  { id: "jpg", name: "JPEG", group: "convert", files: [{ path: "{name}.jpg", format: "JPG", background: white }] },
  { id: "webp", name: "WebP", group: "convert", files: [{ path: "{name}.webp", format: "WEBP" }] },
  { id: "avif", name: "AVIF", group: "convert", files: [{ path: "{name}.avif", format: "AVIF" }] },
];

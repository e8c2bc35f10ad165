import * as l10n from "@vscode/l10n";
import type { ExportFormat, ExportTarget, TargetFile, TextFile } from "./target.ts";

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
 * Room around a square picture, so that its corners are in the middle circle that no mask cuts off.
 *
 * @param circle diameter, as a share of the side of the file.
 */
const roomAround = (circle: number): number => (1 - circle / Math.SQRT2) / 2;

/** Icons of a web app. */
const appIcons: readonly TargetFile[] = [
  square("icon-192.png", 192),
  square("icon-512.png", 512),
  square("icon-512-maskable.png", 512, { background: white, padding: roomAround(0.8) }),
];

const manifest = "site.webmanifest";
const manifestLine = '<link rel="manifest" href="/site.webmanifest">';

/** Sides of one dp in pixels, by the folders of Android's densities. */
const densities: readonly (readonly [density: string, pixels: number])[] = [
  ["mdpi", 1],
  ["hdpi", 1.5],
  ["xhdpi", 2],
  ["xxhdpi", 3],
  ["xxxhdpi", 4],
];

/** The files of a square resource of Android in all densities. `side` in dp. */
const androidFiles = (name: string, side: number, rest?: Parameters<typeof square>[2]): readonly TargetFile[] =>
  densities.map(([density, pixels]) => square(`mipmap-${density}/${name}.png`, side * pixels, rest));

/** The layers of an adaptive icon, which Android reads from here. */
const adaptiveIcon = (background: string): TextFile => ({
  path: "mipmap-anydpi-v26/ic_launcher.xml",
  content: `<?xml version="1.0" encoding="utf-8"?>
<adaptive-icon xmlns:android="http://schemas.android.com/apk/res/android">
    <background android:drawable="${background}" />
    <foreground android:drawable="@mipmap/ic_launcher_foreground" />
</adaptive-icon>
`,
});

/** Sides in dp of a layer of an adaptive icon, and of its middle that is visible without motion. */
const [layerSide, visibleSide] = [108, 72];

/** Diameter in dp of the circle in a layer that no mask cuts off. */
const safeDiameter = 66;

/** What Xcode reads beside the one picture of an app icon. */
const appIconContents = {
  images: [{ filename: "AppIcon-1024.png", idiom: "universal", platform: "ios", size: "1024x1024" }],
  info: { author: "xcode", version: 1 },
};

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
    // PNG, since npm and the Marketplace show neither AVIF nor SVG, and a drawing stays sharp.
    id: "readme",
    name: l10n.t("README and Marketplace image"),
    group: "web",
    // GitHub's proxy for images delivers at most 5 MB.
    files: [file("{name}-1280x640.png", 1280, 640, "PNG", { maxBytes: 5_000_000 })],
  },
  {
    id: "readme-banner",
    name: l10n.t("README banner"),
    group: "web",
    files: [file("{name}-1600x400.png", 1600, 400, "PNG", { maxBytes: 5_000_000 })],
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
    id: "responsive",
    name: l10n.t("Widths in AVIF, WebP and JPG"),
    group: "web",
    files: [640, 1080, 1920].flatMap((width) =>
      (["AVIF", "WEBP", "JPG"] as const).map((format) => ({
        path: `{name}-${width}w.${format.toLowerCase()}`,
        ...{ width, format, maxBytes: 300_000 },
        ...(format === "JPG" ? { background: white } : {}),
      })),
    ),
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
    isTransparent: true,
    isForSiteRoot: true,
    icon: { path: "favicon.ico", sides: [16, 32, 48] },
    files: [
      // iOS paints transparency black and rounds the corners itself.
      square("apple-touch-icon.png", 180, { background: white, padding: 20 / 180 }),
      ...appIcons,
    ],
    manifest,
    htmlLines: [
      '<link rel="icon" href="/favicon.ico" sizes="32x32">',
      '<link rel="apple-touch-icon" href="/apple-touch-icon.png">',
      manifestLine,
    ],
  },
  {
    id: "pwa",
    name: l10n.t("Web app icons"),
    group: "icons",
    isTransparent: true,
    isForSiteRoot: true,
    files: appIcons,
    manifest,
    htmlLines: [manifestLine],
  },
  {
    id: "vscode-icon",
    name: l10n.t("VS Code extension icon"),
    group: "icons",
    isTransparent: true,
    files: [square("{name}-256.png", 256)],
  },
  {
    id: "chrome-icon",
    name: l10n.t("Chrome Web Store icon"),
    group: "icons",
    isTransparent: true,
    files: [square("{name}-128.png", 128, { padding: 16 / 128 })],
  },
  {
    id: "chrome-tile",
    name: l10n.t("Chrome Web Store promo tile"),
    group: "apps",
    files: [file("{name}-440x280.png", 440, 280, "PNG", { background: white })],
  },
  {
    id: "chrome-marquee",
    name: l10n.t("Chrome Web Store marquee"),
    group: "apps",
    files: [file("{name}-1400x560.png", 1400, 560, "PNG", { background: white })],
  },
  {
    id: "ios-icon",
    name: l10n.t("iOS app icon"),
    group: "apps",
    files: [square("AppIcon.appiconset/AppIcon-1024.png", 1024, { background: white })],
    texts: [
      { path: "AppIcon.appiconset/Contents.json", content: `${JSON.stringify(appIconContents, undefined, 2)}\n` },
    ],
  },
  {
    id: "android-icon",
    name: l10n.t("Android launcher icon"),
    group: "apps",
    isTransparent: true,
    files: androidFiles("ic_launcher", 48),
  },
  {
    id: "android-adaptive",
    name: l10n.t("Android adaptive icon"),
    group: "apps",
    isTransparent: true,
    files: androidFiles("ic_launcher_foreground", layerSide, { padding: roomAround(safeDiameter / layerSide) }),
    texts: [
      adaptiveIcon("@color/ic_launcher_background"),
      {
        path: "values/ic_launcher_background.xml",
        content: `<?xml version="1.0" encoding="utf-8"?>
<resources>
    <color name="ic_launcher_background">${white}</color>
</resources>
`,
      },
    ],
  },
  {
    id: "android-background",
    name: l10n.t("Android adaptive icon background"),
    group: "apps",
    files: androidFiles("ic_launcher_background", layerSide, { background: white }),
    texts: [adaptiveIcon("@mipmap/ic_launcher_background")],
    safeZone: { width: visibleSide / layerSide, height: visibleSide / layerSide },
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

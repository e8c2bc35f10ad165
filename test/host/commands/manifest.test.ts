import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { commands, extensions } from "vscode";
import { handlers } from "../../../src/host/commands/commands.ts";
import { walkthroughId, walkthroughKeys } from "../../../src/host/ids.ts";
import type { Settings } from "../../../src/host/settings.ts";

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly order: number;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}

interface WalkthroughStep {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly type?: string; readonly when?: string }[]>
    >;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly icon: string;
      readonly steps: readonly WalkthroughStep[];
    }[];
    readonly keybindings?: readonly unknown[];
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

const extension = extensions.getExtension("limn.limn");
assert.ok(extension, "VS Code does not know the extension limn.limn.");
// VS Code's own copy already contains the texts.
const manifestText = readFileSync(`${extension.extensionPath}/package.json`, "utf8");
const manifest: Manifest = JSON.parse(manifestText);
const nlsTexts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(`${extension.extensionPath}/package.nls.json`, "utf8"),
);
const { contributes } = manifest;
const { properties } = contributes.configuration;
const nlsText = (key: string): string => nlsTexts[key.slice(1, -1)] ?? "";

/** Every setting with its default. */
const defaults: Settings = {
  engine: "runware",
  model: "klingai:kling-image@3",
  apiUrl: "https://api.runware.ai/v1",
  folder: "images",
  fileName: "{slug}",
  format: "jpg",
  quality: 95,
  outputType: "URL",
  deliveryMethod: "async",
  statusBar: "whileRunning",
  "budget.askAbove": 0.5,
  "budget.perDay": 0,
  "budget.perMonth": 0,
  safety: "off",
  ttl: 0,
  webhookURL: "",
  uploadEndpoint: "",
  openAfterSaving: true,
  updateLinksOnFileMove: "prompt",
  showLinksToDeletedImages: true,
  sites: {},
  weightCheck: false,
  "export.keepMetadata": false,
  "vault.keepDays": 0,
  "sandbox.delay": 2500,
  timeout: 0,
};

/** Settings that a folder may override. All others affect the key or the money. */
const resourceScoped: readonly string[] = [
  ...[
    "folder",
    "fileName",
    "format",
    "quality",
    "updateLinksOnFileMove",
    "showLinksToDeletedImages",
    "sites",
    "export.keepMetadata",
  ],
];

describe("the manifest", () => {
  it("declares exactly the commands that have a handler, and Limn registers them", async () => {
    await extension.activate();
    const declared = contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(declared, Object.keys(handlers).sort());
    const registered = new Set(await commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });

  it("puts commands in Title Case and in one category", () => {
    const small = /^(and|as|from|in|of|the|to|a|with)$/;
    for (const { title, category } of contributes.commands) {
      assert.equal(category, "Limn");
      const parts = nlsText(title).replace(/…$/, "").split(" ");
      assert.ok(
        parts.every((part) => small.test(part) || /^[A-Z]/.test(part)),
        nlsText(title),
      );
    }
  });

  it("declares every setting with the default that the code expects", () => {
    const declared = Object.entries(properties).map(([key, property]) => [key, property.default]);
    const expected = Object.entries(defaults).map(([key, value]) => [`limn.${key}`, value]);
    assert.deepEqual(declared.sort(), expected.sort());
  });

  it("lets folders set names, formats and what happens to links, and nothing that affects the key or the money", () => {
    for (const [key, { scope }] of Object.entries(properties)) {
      const name = key.slice("limn.".length);
      const isForWindow = ["openAfterSaving", "weightCheck"].includes(name);
      const expected = resourceScoped.includes(name) ? "resource" : isForWindow ? "window" : "application";
      assert.equal(scope, expected, key);
    }
  });

  it("describes every setting and each of its values, each with its own order", () => {
    const orders = Object.values(properties).map(({ order }) => order);
    assert.equal(new Set(orders).size, orders.length);
    for (const [key, property] of Object.entries(properties)) {
      assert.ok(nlsText(property.markdownDescription), key);
      assert.equal(property.enum?.length, property.markdownEnumDescriptions?.length, key);
      assert.ok(property.enum === undefined || property.enum.includes(String(property.default)), key);
      const type = property.type === "integer" ? "number" : property.type;
      assert.equal(typeof property.default, type, key);
    }
  });

  it("has a text for every key, and no unused text", () => {
    const used = [...manifestText.matchAll(/%([\w.-]+)%/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(nlsTexts).sort());
    assert.ok(Object.values(nlsTexts).every((value) => value.trim() !== ""));
  });

  it("activates Limn after VS Code has started", () => {
    assert.deepEqual(manifest.activationEvents, [
      "onStartupFinished",
      "onWebviewPanel:limn.lightTable",
      "onWebviewPanel:limn.panelTab",
    ]);
  });

  it("supports untrusted workspaces, without their settings, and virtual ones", () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, "limited");
    const ofWorkspaces = Object.keys(properties).filter((key) => properties[key]?.scope !== "application");
    assert.deepEqual([...restrictedConfigurations].sort(), ofWorkspaces.sort());
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });

  it("shows the entries for images on images only, several in a submenu, and defines no shortcut", () => {
    const entries = Object.entries(contributes.menus).flatMap(([menu, items]) =>
      items.map((item) => ({ menu, ...item })),
    );
    const declared = contributes.commands.map(({ command }) => command);
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const { menu, command, submenu } of entries) {
      assert.ok(command === undefined ? submenus.includes(submenu ?? "") : declared.includes(command), menu);
    }
    const ofImages = contributes.menus["limn.image"]?.map(({ command }) => command) ?? [];
    // Images that Limn cannot decode have a menu with what works on their bytes.
    const ofOtherImages = contributes.menus["limn.otherImage"]?.map(({ command }) => command);
    assert.deepEqual(ofOtherImages, ["limn.insertDataUri", "limn.copyImageAs"]);
    assert.ok(ofImages.includes("limn.edit") && ofImages.includes("limn.addReferences"));
    const isOnFolder = ({ when = "" }: { readonly when?: string | undefined }) =>
      when.startsWith("explorerResourceIsFolder");
    assert.deepEqual(
      entries.filter(isOnFolder).map(({ menu, command }) => [menu, command]),
      [["explorer/context", "limn.renderDrafts"]],
    );
    const onImages = entries.filter(
      ({ menu, command, submenu, when }) =>
        !["limn.image", "limn.otherImage", "commandPalette"].includes(menu) &&
        !isOnFolder({ when }) &&
        (submenu === "limn.image" || (command !== undefined && ofImages.includes(command))),
    );
    assert.deepEqual(onImages.map(({ menu }) => menu).sort(), [
      "editor/title",
      "editor/title/context",
      "explorer/context",
      "webview/context",
    ]);
    for (const { menu, when = "" } of onImages) {
      const [, pattern = "", flags = ""] = /resourceExtname =~ \/(.+)\/(\w*)/.exec(when) ?? [];
      const fits = new RegExp(pattern, flags);
      assert.deepEqual(
        [".png", ".PNG", ".jpg", ".jpeg", ".jpe", ".JFIF", ".webp", ".svg", ".gif", ".txt", ".pngx", ""].filter(
          (name) => fits.test(name),
        ),
        [".png", ".PNG", ".jpg", ".jpeg", ".jpe", ".JFIF", ".webp"],
        menu,
      );
      assert.ok(!when.includes("||"), `${menu}: ${when}`);
    }
    assert.equal(contributes.keybindings, undefined);
  });

  it("declares a webview in its own container with a packaged icon, a view in its place while it is in a tab, and a hidden one for the badge", () => {
    const [container] = contributes.viewsContainers.activitybar;
    assert.ok(container && existsSync(`${extension.extensionPath}/${container.icon}`));
    assert.deepEqual(
      contributes.views[container.id]?.map(({ id, type, when }) => [id, type, when]),
      [
        ["limn.panel", "webview", "!limn.isPanelInTab"],
        ["limn.inTab", undefined, "limn.isPanelInTab"],
        ["limn.badge", undefined, "false"],
      ],
    );
  });

  it("has a walkthrough of four steps, whose pictures and commands exist and whose ends Limn reports", async () => {
    const [walkthrough] = contributes.walkthroughs;
    assert.ok(walkthrough);
    assert.equal(walkthroughId, `limn.limn#${walkthrough.id}`);
    assert.ok(existsSync(`${extension.extensionPath}/${walkthrough.icon}`));
    assert.deepEqual(
      walkthrough.steps.map(({ completionEvents }) => completionEvents),
      Object.values(walkthroughKeys).map((key) => [`onContext:${key}`]),
    );
    assert.equal(walkthrough.steps.length, 4);
    const known = await commands.getCommands(true);
    for (const { id, title, description, media } of walkthrough.steps) {
      assert.ok(nlsText(title) && nlsText(media.altText), id);
      const svg = readFileSync(`${extension.extensionPath}/${media.svg}`, "utf8");
      // VS Code shows it with a policy that blocks styles; the colours of the theme are variables.
      assert.match(svg, /="var\(--vscode-/, media.svg);
      assert.doesNotMatch(svg, /<style|style=|<image|<script|href/, media.svg);
      // A line that is only a link becomes a button.
      assert.match(nlsText(description), /^\[[^\]]+\]\(command:[\w.]+\)$/m, id);
      for (const [, command = ""] of nlsText(description).matchAll(/\]\(command:([\w.]+)/g)) {
        assert.ok(known.includes(command), command);
      }
    }
  });

  it("requires the version of VS Code whose types it uses", () => {
    const [major, minor] = (manifest.devDependencies["@types/vscode"] ?? "").split(".");
    assert.equal(manifest.engines.vscode, `^${major}.${minor}.0`);
  });
});

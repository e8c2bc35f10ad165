import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { packagedReadme } from "../../scripts/packagedReadme.ts";
import { root } from "../../scripts/paths.ts";
import { family } from "../../src/core/models/family.ts";
import { formatUsd } from "../../src/core/money/usd.ts";

const readme = readFileSync(`${root}/README.md`, "utf8");

/** Targets of all links and pictures. */
const targetsIn = (text: string): readonly string[] => [...text.matchAll(/\]\(([^)]+)\)/gu)].map(([, to = ""]) => to);
const pictures = globSync("docs/pictures/*", { cwd: root });

describe("The README", () => {
  it("links only to files that exist", () => {
    const files = targetsIn(readme).filter((to) => !to.startsWith("https:"));
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
  });

  it("shows every picture of its folder, together below 1 MB", () => {
    expect(pictures.length).toBeGreaterThan(3);
    expect(
      targetsIn(readme)
        .filter((to) => to.startsWith("docs/pictures/"))
        .sort(),
    ).toEqual(pictures.sort());
    expect(pictures.reduce((sum, path) => sum + statSync(`${root}/${path}`).size, 0)).toBeLessThan(1_000_000);
  });

  it("names the price of each model and tier that the code has", () => {
    const rows = family.map(({ name, price }) => {
      const cells = ["1k", "2k", "4k"].map((tier) => {
        const usd = Object.entries(price).find(([key]) => key === tier)?.[1];
        return usd === undefined ? "" : `${formatUsd(usd)} `;
      });
      return `| ${name} | ${cells.join("| ")}|`;
    });
    expect(readme.split("\n").filter((line) => line.startsWith("| Kling"))).toEqual(rows);
  });

  it("is packaged without pictures and without links into the repository", () => {
    const packaged = packagedReadme(readme);
    expect(targetsIn(packaged).filter((to) => !to.startsWith("https:"))).toEqual([]);
    expect(packaged).not.toContain("![");
    expect(packaged).not.toContain("The pictures on this page");
    expect(packaged).toContain("## Quick start");
    expect(packaged).toContain("The details are in the\nguide.");
  });
});

/** Namespaces of XML, the first line of Git LFS pointers, and examples in texts. */
const neverRequested = [
  "www.w3.org",
  "ns.adobe.com",
  "schemas.android.com",
  "git-lfs.github.com",
  "example.com",
  "name",
  ".",
];

describe("The code", () => {
  it("names no host but Runware's, and sends no telemetry", () => {
    const code = globSync("src/**/*.ts", { cwd: root, exclude: ["src/sandbox/**"] })
      .map((path) => readFileSync(`${root}/${path}`, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/ .*$/gmu, ""))
      .join("\n");
    const hosts = [...code.matchAll(/https?:\/\/([\w.-]+)/gu)].map(([, host = ""]) => host);
    expect(hosts).toContain("api.runware.ai");
    const requested = hosts.filter((host) => !neverRequested.includes(host));
    expect(requested.filter((host) => !/(^|\.)runware\.ai$/u.test(host))).toEqual([]);
    expect(code).not.toMatch(/telemetry/iu);
  });
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "../../scripts/paths.ts";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface LockedPackage {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
}

const read = (path: string) => JSON.parse(readFileSync(`${root}/${path}`, "utf8"));

/** The extension itself, and the VS Code its tests run in. */
const packageFolders = ["", "test/vscode/"] as const;

test.each(packageFolders)("every package of %spackage.json has an exact version", (home) => {
  const { dependencies = {}, devDependencies = {} }: Manifest = read(`${home}package.json`);
  const wanted = { ...dependencies, ...devDependencies };
  expect(Object.keys(wanted).length).toBeGreaterThan(0);
  expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test.each(packageFolders)("%spackage-lock.json matches package.json, with hashes and without registry URLs", (home) => {
  const { dependencies = {}, devDependencies = {} }: Manifest = read(`${home}package.json`);
  const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = read(`${home}package-lock.json`);
  const { "": own, ...others } = packages;
  expect(own).toMatchObject({
    ...(Object.keys(dependencies).length > 0 ? { dependencies } : {}),
    ...(Object.keys(devDependencies).length > 0 ? { devDependencies } : {}),
  });
  const all = Object.entries(others);
  expect(all.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  // Builds for other systems, which npm skips here: their hashes are unknown on this system.
  const isElsewhere = ({ optional, os }: LockedPackage) => optional === true && os !== undefined;
  expect(all.filter(([, locked]) => locked.integrity === undefined && !isElsewhere(locked))).toEqual([]);
});

test("the extension has no runtime dependencies: everything is bundled", () => {
  expect(read("package.json").dependencies).toBeUndefined();
});

import { readFileSync } from "node:fs";
import { root } from "./paths.ts";

const packageJson: unknown = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

function textField(name: string): string {
  const value: unknown =
    typeof packageJson === "object" && packageJson !== null ? Reflect.get(packageJson, name) : undefined;
  if (typeof value === "string") return value;
  throw new Error(`package.json has no ${name}.`);
}

/** Fields of package.json. */
export const manifest = {
  name: textField("name"),
  version: textField("version"),
  publisher: textField("publisher"),
} as const;

/** The file that `npm run package` writes. */
export const vsixPath = `${root}/${manifest.name}-${manifest.version}.vsix`;

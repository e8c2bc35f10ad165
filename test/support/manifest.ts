import { readFileSync } from "node:fs";
import { root } from "./paths.ts";

const read: unknown = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

function text(name: string): string {
  const value: unknown = typeof read === "object" && read !== null ? Reflect.get(read, name) : undefined;
  if (typeof value === "string") return value;
  throw new Error(`package.json has no ${name}.`);
}

/** The names package.json gives the extension. */
export const manifest = { name: text("name"), version: text("version"), publisher: text("publisher") } as const;

/** Where `npm run package` leaves the extension. */
export const vsixPath = `${root}/${manifest.name}-${manifest.version}.vsix`;

import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { startPageServer } from "../support/pageServer.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ...{ ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json" },
  ...{ ".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml" },
};

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** Serves a built site below its base path, as a host of static files does; returns the origin. */
export const serveSite = (folder: string, base: string): Promise<string> =>
  startPageServer(({ pathname }) => {
    if (!pathname.startsWith(`${base}/`)) return undefined;
    const path = join(folder, decodeURIComponent(pathname.slice(base.length)));
    const file = [path, join(path, "index.html"), `${path}.html`].find(isFile);
    if (file === undefined) return undefined;
    return { contentType: contentTypes[extname(file)] ?? "application/octet-stream", body: readFileSync(file) };
  });

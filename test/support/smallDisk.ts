import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A file system in memory, mounted at a folder. */
export interface SmallDisk {
  /** Fills the disk completely. */
  fill(): Promise<void>;
  /** Frees what `fill` has written. */
  clear(): Promise<void>;
  setReadOnly(isReadOnly: boolean): void;
  unmount(): void;
}

/** Why this process cannot mount a disk; `undefined` if it can. */
export const mountUnavailableReason: string | undefined =
  process.platform === "linux" && process.getuid?.() === 0 ? undefined : "only root on Linux may mount a disk";

/** Creates the folder and mounts a disk of this size there. */
export function mountSmallDisk(folder: string, bytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder]);
  const fillerFile = join(folder, ".ballast");
  return {
    async fill() {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(fillerFile, Buffer.alloc(bavail * bsize));
    },
    clear: () => rm(fillerFile, { force: true }),
    setReadOnly: (isReadOnly) => void execFileSync("mount", ["-o", `remount,${isReadOnly ? "ro" : "rw"}`, folder]),
    unmount: () => void execFileSync("umount", ["--lazy", folder]),
  };
}

/**
 * Runs a function as an unprivileged user if this process is root, since root ignores permissions.
 */
export async function withoutRoot<Result>(run: () => Promise<Result>): Promise<Result> {
  const unprivilegedUser = 65_534;
  if (process.getuid?.() !== 0) {
    return run();
  }
  process.seteuid?.(unprivilegedUser);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

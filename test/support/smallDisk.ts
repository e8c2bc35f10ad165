import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A disk in memory, mounted at a folder. */
export interface SmallDisk {
  /** Leaves no room. */
  fill(): Promise<void>;
  /** Takes back what `fill` did. */
  clear(): Promise<void>;
  setReadOnly(is: boolean): void;
  unmount(): void;
}

/** Why no disk can be mounted here; `undefined` where it can. */
export const mountUnavailableReason: string | undefined =
  process.platform === "linux" && process.getuid?.() === 0 ? undefined : "only root on Linux may mount a disk";

/** Mounts a disk of so many bytes at the folder, which is made. */
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
 * Runs something without root's freedom from all permissions: as nobody, where this process is
 * root's.
 */
export async function withoutRoot<Result>(run: () => Promise<Result>): Promise<Result> {
  const nobody = 65_534;
  if (process.getuid?.() !== 0) {
    return run();
  }
  process.seteuid?.(nobody);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

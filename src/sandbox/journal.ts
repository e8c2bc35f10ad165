import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod/mini";
import { readDirectives } from "./directives.ts";
import { inference } from "./schema.ts";
import type { Task } from "./task.ts";

const line = z.object({
  request: inference,
  size: z.object({ width: z.int(), height: z.int(), tier: z.enum(["1k", "2k"]) }),
  references: z.array(z.string()),
  accepted: z.number(),
  delay: z.number(),
});

const lineLimit = 200;

function write({ request, size, references, accepted, delay }: Task): string {
  const inline = references.map((bytes) => Buffer.from(bytes).toString("base64"));
  return `${JSON.stringify({ request, size, references: inline, accepted, delay })}\n`;
}

function read(text: string): Task[] {
  try {
    const { request, size, references, accepted, delay } = z.parse(line, JSON.parse(text));
    const bytes = references.map((inline) => new Uint8Array(Buffer.from(inline, "base64")));
    return [{ request, size, references: bytes, accepted, delay, directives: readDirectives(request.positivePrompt) }];
  } catch {
    // A line cut by a crash, or of an older build: the sandbox can do without.
    return [];
  }
}

/** Accepted tasks that outlive a restart of the sandbox, one JSON line each. */
export interface Journal {
  /** The tasks of earlier runs, oldest first. */
  readonly tasks: readonly Task[];
  /** Resolves when the task is in the file. */
  add(task: Task): Promise<void>;
}

/**
 * Opens the state file and reads its newest 200 lines; without a file nothing outlives the sandbox.
 * @throws the file system's error where the file is there but cannot be read or written.
 */
export async function openJournal(file: string | undefined): Promise<Journal> {
  if (file === undefined) return { tasks: [], add: async () => {} };
  await mkdir(path.dirname(file), { recursive: true });
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").filter(Boolean);
  const tasks = lines.flatMap(read).slice(-lineLimit);
  // Rewritten only when it must be, since the sandbox of another window may be adding to it: when it is long, or ends in a cut line.
  if (lines.length > 2 * lineLimit || (text !== "" && !text.endsWith("\n"))) {
    await writeFile(`${file}.new`, tasks.map(write).join(""));
    await rename(`${file}.new`, file);
  }
  // One after another, so that lines never mix.
  let last = Promise.resolve();
  return {
    tasks,
    add(task) {
      last = last.catch(() => {}).then(() => appendFile(file, write(task)));
      return last;
    },
  };
}

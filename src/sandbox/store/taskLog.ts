import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod/mini";
import type { AcceptedTask } from "../tasks/acceptedTask.ts";
import { readDirectives } from "../tasks/directives.ts";
import { inferenceSchema } from "../tasks/taskSchema.ts";

const lineSchema = z.object({
  request: inferenceSchema,
  size: z.object({ width: z.int(), height: z.int(), tier: z.enum(["1k", "2k"]) }),
  references: z.array(z.string()),
  accepted: z.number(),
  delay: z.number(),
});

const maxLines = 200;

function formatLine({ request, size, references, accepted, delay }: AcceptedTask): string {
  const inline = references.map((bytes) => Buffer.from(bytes).toString("base64"));
  return `${JSON.stringify({ request, size, references: inline, accepted, delay })}\n`;
}

function parseLine(text: string): AcceptedTask[] {
  try {
    const { request, size, references, accepted, delay } = z.parse(lineSchema, JSON.parse(text));
    const bytes = references.map((inline) => new Uint8Array(Buffer.from(inline, "base64")));
    return [{ request, size, references: bytes, accepted, delay, directives: readDirectives(request.positivePrompt) }];
  } catch {
    // A line cut by a crash, or of an older build: the sandbox can do without.
    return [];
  }
}

/** Accepted tasks that outlive a restart of the sandbox, one JSON line each. */
export interface TaskLog {
  /** The tasks of earlier runs, oldest first. */
  readonly tasks: readonly AcceptedTask[];
  /** Resolves when the task is in the file. */
  add(task: AcceptedTask): Promise<void>;
}

/**
 * Opens the state file and reads its newest 200 lines; without a file nothing outlives the sandbox.
 * @throws the file system's error where the file is there but cannot be read or written.
 */
export async function openTaskLog(file: string | undefined): Promise<TaskLog> {
  if (file === undefined) return { tasks: [], add: async () => {} };
  await mkdir(path.dirname(file), { recursive: true });
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").filter(Boolean);
  const tasks = lines.flatMap(parseLine).slice(-maxLines);
  // Rewritten only when it must be, since the sandbox of another window may be adding to it: when
  // it is long, or ends in a cut line.
  if (lines.length > 2 * maxLines || (text !== "" && !text.endsWith("\n"))) {
    await writeFile(`${file}.new`, tasks.map(formatLine).join(""));
    await rename(`${file}.new`, file);
  }
  // One after another, so that lines never mix.
  let queue = Promise.resolve();
  return {
    tasks,
    add(task) {
      queue = queue.catch(() => {}).then(() => appendFile(file, formatLine(task)));
      return queue;
    },
  };
}

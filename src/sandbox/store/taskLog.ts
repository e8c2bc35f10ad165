import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod/mini";
import { type Family, tiers } from "../../core/models/model.ts";
import type { AcceptedTask } from "../tasks/acceptedTask.ts";
import { readDirectives } from "../tasks/directives.ts";
import { parseInference } from "../tasks/taskSchema.ts";

const lineSchema = z.object({
  request: z.unknown(),
  size: z.object({ width: z.int(), height: z.int(), tier: z.enum(tiers) }),
  references: z.array(z.string()),
  accepted: z.number(),
  delay: z.number(),
});

const maxLines = 200;

function formatLine({ request, size, references, accepted, delay }: AcceptedTask): string {
  const inline = references.map((bytes) => Buffer.from(bytes).toString("base64"));
  return `${JSON.stringify({ request, size, references: inline, accepted, delay })}\n`;
}

function parseLine(text: string, family: Family): AcceptedTask[] {
  try {
    const { request: rawRequest, size, references, accepted, delay } = z.parse(lineSchema, JSON.parse(text));
    const { request, model } = parseInference(rawRequest, family);
    const bytes = references.map((inline) => new Uint8Array(Buffer.from(inline, "base64")));
    const directives = readDirectives(request.positivePrompt);
    return [{ request, model, size, references: bytes, accepted, delay, directives }];
  } catch {
    // The line was cut by a crash, or is of another version. The sandbox works without it.
    return [];
  }
}

/** The file of accepted tasks, one JSON line each. A restarted sandbox reads it. */
export interface TaskLog {
  /** The tasks of earlier runs, oldest first. */
  readonly tasks: readonly AcceptedTask[];
  /** Appends a task; resolves when it is in the file. */
  add(task: AcceptedTask): Promise<void>;
}

/**
 * Opens the state file and reads its last 200 lines. Without a file, a restart forgets all tasks.
 * @throws the file system's error if the file exists and cannot be read or written.
 */
export async function openTaskLog(file: string | undefined, family: Family): Promise<TaskLog> {
  if (file === undefined) return { tasks: [], add: async () => {} };
  await mkdir(path.dirname(file), { recursive: true });
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").filter(Boolean);
  const tasks = lines.flatMap((line) => parseLine(line, family)).slice(-maxLines);
  // The sandbox of another window may append to the file, so it is rewritten only if it is long or
  // ends in a cut line.
  if (lines.length > 2 * maxLines || (text !== "" && !text.endsWith("\n"))) {
    await writeFile(`${file}.new`, tasks.map(formatLine).join(""));
    await rename(`${file}.new`, file);
  }
  // Lines are written one after the other, so that they never mix.
  let queue = Promise.resolve();
  return {
    tasks,
    add(task) {
      queue = queue.catch(() => {}).then(() => appendFile(file, formatLine(task)));
      return queue;
    },
  };
}

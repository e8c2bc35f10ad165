import { appendFile, mkdir, open, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import * as z from "zod/mini";
import type { Family } from "../../core/models/model.ts";
import type { AcceptedTask } from "../tasks/acceptedTask.ts";
import { readDirectives } from "../tasks/directives.ts";
import { parsePictureTask } from "../tasks/taskSchema.ts";

const lineSchema = z.object({
  request: z.unknown(),
  size: z.object({ width: z.int(), height: z.int() }),
  /** Absent in lines of earlier versions. */
  price: z._default(z.number(), 0),
  references: z.array(z.string()),
  accepted: z.number(),
  delay: z.number(),
});

const maxLines = 200;

function formatLine({ request, size, price, references, accepted, delay }: AcceptedTask): string {
  const inline = references.map((bytes) => Buffer.from(bytes).toString("base64"));
  return `${JSON.stringify({ request, size, price, references: inline, accepted, delay })}\n`;
}

function parseLine(text: string, family: Family): AcceptedTask[] {
  try {
    const { request: rawRequest, references, ...line } = z.parse(lineSchema, JSON.parse(text));
    const request = parsePictureTask(rawRequest, family);
    const bytes = references.map((inline) => new Uint8Array(Buffer.from(inline, "base64")));
    const directives = readDirectives("positivePrompt" in request ? request.positivePrompt : "");
    return [{ ...line, request, references: bytes, directives }];
  } catch {
    // The line was cut by a crash, or is of another version. The sandbox works without it.
    return [];
  }
}

/** How far a file was read. Another process may have replaced it since. */
interface ReadPosition {
  readonly inode: bigint;
  /** Bytes. */
  readonly offset: number;
}

const nothingRead: ReadPosition = { inode: -1n, offset: 0 };

/**
 * Reads the complete lines that were added to a file, or all of them if the file is another one.
 * `isCut`: the last line is not complete.
 */
async function readLines(file: string, { inode, offset }: ReadPosition) {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (handle === undefined) return { lines: [], isCut: false, position: nothingRead };
  try {
    const { ino, size } = await handle.stat({ bigint: true });
    const start = ino === inode && size >= offset ? offset : 0;
    const bytes = await buffer(handle.createReadStream({ start, autoClose: false }));
    const length = bytes.lastIndexOf("\n") + 1;
    const lines = bytes.toString("utf8", 0, length).split("\n").filter(Boolean);
    return { lines, isCut: length < bytes.length, position: { inode: ino, offset: start + length } };
  } finally {
    await handle.close();
  }
}

/** The file of accepted tasks, one JSON line each. The sandboxes of several windows share it. */
export interface TaskLog {
  /** The tasks of earlier runs, oldest first. */
  readonly tasks: readonly AcceptedTask[];
  /**
   * The tasks that were added since the last read, by any sandbox, oldest first.
   * @throws the file system's error if the file exists and cannot be read.
   */
  readAdded(): Promise<readonly AcceptedTask[]>;
  /** Appends a task; resolves when it is in the file. */
  add(task: AcceptedTask): Promise<void>;
}

/**
 * Opens the state file and reads its last 200 lines. Without a file, a restart forgets all tasks.
 * @throws the file system's error if the file exists and cannot be read or written.
 */
export async function openTaskLog(file: string | undefined, family: Family): Promise<TaskLog> {
  if (file === undefined) return { tasks: [], readAdded: async () => [], add: async () => {} };
  await mkdir(path.dirname(file), { recursive: true });
  const { lines, isCut, position: firstPosition } = await readLines(file, nothingRead);
  let position = firstPosition;
  const parse = (added: readonly string[]) => added.flatMap((line) => parseLine(line, family)).slice(-maxLines);
  const tasks = parse(lines);
  // The sandbox of another window may append to the file, so it is rewritten only if it is long or
  // ends in a cut line.
  if (lines.length > 2 * maxLines || isCut) {
    await writeFile(`${file}.new`, tasks.map(formatLine).join(""));
    await rename(`${file}.new`, file);
  }
  // Lines are written one after the other, so that they never mix.
  let queue = Promise.resolve();
  return {
    tasks,
    async readAdded() {
      const added = await readLines(file, position);
      position = added.position;
      return parse(added.lines);
    },
    add(task) {
      queue = queue.catch(() => {}).then(() => appendFile(file, formatLine(task)));
      return queue;
    },
  };
}

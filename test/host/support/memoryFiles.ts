import {
  type Disposable,
  EventEmitter,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from "vscode";

/** A file system in memory, like those of extensions for virtual workspaces. */
export interface MemoryFiles extends Disposable {
  /** The paths of all files, sorted. */
  paths(): readonly string[];
}

/** Options for `registerMemoryFiles`. */
interface MemoryFilesOptions {
  readonly isReadonly?: boolean;
  /** Claims to be writable, but every write fails. */
  readonly isBroken?: boolean;
}

/** Registers a file system in memory under a scheme; `initial` are its files by path. */
export function registerMemoryFiles(
  scheme: string,
  initial: Readonly<Record<string, Uint8Array>>,
  { isReadonly = false, isBroken = false }: MemoryFilesOptions = {},
): MemoryFiles {
  const files = new Map(Object.entries(initial));
  const folders = new Set(["/"]);
  const changes = new EventEmitter<[]>();
  const isFolder = (path: string) => folders.has(path) || [...files.keys()].some((file) => file.startsWith(`${path}/`));
  const provider: FileSystemProvider = {
    onDidChangeFile: changes.event,
    watch: () => ({ dispose: () => undefined }),
    stat(uri: Uri) {
      const bytes = files.get(uri.path);
      if (bytes === undefined && !isFolder(uri.path)) {
        throw FileSystemError.FileNotFound(uri);
      }
      const type = bytes === undefined ? FileType.Directory : FileType.File;
      return { type, ctime: 0, mtime: 0, size: bytes?.length ?? 0 };
    },
    readDirectory({ path }) {
      const below = [...files.keys(), ...folders].filter((each) => each.startsWith(`${path}/`));
      const names = new Set(below.map((each) => each.slice(path.length + 1).split("/")[0] ?? ""));
      return [...names].map((name) => [name, files.has(`${path}/${name}`) ? FileType.File : FileType.Directory]);
    },
    createDirectory: ({ path }) => void folders.add(path),
    readFile(uri) {
      const bytes = files.get(uri.path);
      if (bytes === undefined) {
        throw FileSystemError.FileNotFound(uri);
      }
      return bytes;
    },
    writeFile(uri, bytes) {
      if (isBroken) {
        throw FileSystemError.Unavailable("The disk is full.");
      }
      files.set(uri.path, bytes);
    },
    delete: ({ path }) => void files.delete(path),
    rename(from, to) {
      files.set(to.path, files.get(from.path) ?? new Uint8Array());
      files.delete(from.path);
    },
  };
  const registered = workspace.registerFileSystemProvider(scheme, provider, { isReadonly });
  return { paths: () => [...files.keys()].sort(), dispose: () => registered.dispose() };
}

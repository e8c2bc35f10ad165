/** What the codes of a file system mean to a person. Source: errno(3). */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  EFBIG: "the file is larger than is allowed there",
  EROFS: "the disk can only be read",
  EACCES: "you have no right to write there",
  EPERM: "you have no right to write there",
  ENAMETOOLONG: "the name or the path is too long",
  ENOTDIR: "a part of the path is a file, not a folder",
  EISDIR: "there is a folder of that name",
  EEXIST: "a part of the path is a file, not a folder",
  ENOENT: "the folder is gone",
  ELOOP: "its links lead round in a circle",
  EIO: "the disk reports a fault",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EBUSY: "another program is using it",
};

/**
 * Why a file could not be written or read, as a part of a sentence. What is not known is told in
 * the system's own words.
 */
export function describeDiskError(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  return reasons[code] ?? message.replace(/\.$/, "");
}

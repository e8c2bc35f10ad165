const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;

/**
 * The names of all files in a ZIP archive, read from its central directory (PKWARE APPNOTE 4.3.12 and 4.3.16). Throws where the bytes are
 * no ZIP archive.
 */
export function zipNames(bytes: Buffer): string[] {
  const end = endOfCentralDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error("The ZIP archive's directory is damaged.");
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString("utf8", at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}

function endOfCentralDirectory(bytes: Buffer): number {
  for (let at = bytes.length - endLength; at >= 0; at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  throw new Error("This is not a ZIP archive.");
}

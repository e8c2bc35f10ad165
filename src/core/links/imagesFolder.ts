/** The attribute that AsciiDoc puts before the path of every image. */
const imagesDirectory = /^:imagesdir:[ \t]*(\S.*)$/m;

/**
 * The folder that an AsciiDoc document's `:imagesdir:` names, relative to the document; `undefined`
 * without one, or if it is an address, an absolute path or contains another attribute. Source:
 * AsciiDoc Language Documentation, “Set the Images Directory”.
 */
export function asciidocImagesFolder(text: string): string | undefined {
  const folder = imagesDirectory.exec(text)?.[1]?.trimEnd();
  return folder === undefined || /^[/\\]|:\/\/|[{}]|^[A-Za-z]:/.test(folder)
    ? undefined
    : folder.replace(/(?<!\/)\/+$/, "");
}

/**
 * The relative path from the folder of `document` to `file`, both absolute and slash-separated.
 * Source: RFC 3986, 4.2.
 */
export function relativePath(document: string, file: string): string {
  const from = document.split("/").slice(0, -1);
  const to = file.split("/");
  const firstDifference = from.findIndex((part, index) => part !== to[index]);
  const commonLength = firstDifference < 0 ? from.length : firstDifference;
  return [...from.slice(commonLength).map(() => ".."), ...to.slice(commonLength)].join("/");
}

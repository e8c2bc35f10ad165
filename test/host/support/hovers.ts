import assert from "node:assert/strict";
import { parser } from "@lezer/markdown";
import { commands, type Hover, MarkdownString, type TextDocument, Uri } from "vscode";

/** The Markdown of the hovers at a text of the document. */
export async function hoversAt(document: TextDocument, text: string): Promise<readonly MarkdownString[]> {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, text);
  const hovers = await commands.executeCommand<readonly Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    document.positionAt(offset + 1),
  );
  return hovers.flatMap(({ contents }) => contents.filter((one) => one instanceof MarkdownString));
}

/** Limn's hover is the only one that may run chosen commands. */
export const isOwn = ({ isTrusted }: MarkdownString): boolean => typeof isTrusted === "object";

/** Limn's hover at a text of the document. */
export async function hoverAt(document: TextDocument, text: string): Promise<MarkdownString | undefined> {
  const own = (await hoversAt(document, text)).filter(isOwn);
  assert.ok(own.length <= 1);
  return own[0];
}

/** What a Markdown text contains besides plain text, read with a real parser. */
export function markupOf(value: string, kinds = /^(?:Link|Image|HTMLTag|HTMLBlock|Autolink|Emphasis|ATXHeading\d)$/) {
  const found: string[] = [];
  parser.parse(value).iterate({
    enter: ({ name, node }) => {
      const url = node.getChild("URL");
      if (kinds.test(name)) found.push(url === null ? name : value.slice(url.from, url.to));
    },
  });
  return found;
}

/** Name and arguments of the commands that the links of a hover run. */
export const commandsOf = (hover: MarkdownString | undefined) =>
  markupOf(hover?.value ?? "", /^Link$/).map((url) => {
    const { scheme, path, query } = Uri.parse(url);
    assert.equal(scheme, "command");
    const given: readonly unknown[] = JSON.parse(query);
    return { command: path, arguments: given };
  });

/** Names of the commands that the links of a hover run. */
export const commandNames = (hover: MarkdownString | undefined) => commandsOf(hover).map(({ command }) => command);

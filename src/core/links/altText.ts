/**
 * White space, control characters, halves of characters, and the signs that reverse the direction
 * of text, which could make the line of code around a link look like another. Source: Unicode TR
 * 36, “Trojan Source” (CVE-2021-42574).
 */
const unreadableCharacters = /[\s\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+/gu;

/** The sign of a list item, and dots that lead into a text. */
const leadIn = /^(?:(?:[-*+•]|\d{1,3}[.)])\s+|[.…\s]+)+/u;

/**
 * A word with a point that does not end a sentence. The segmenter takes it for an end if a capital
 * follows: ICU's list of abbreviations is not part of V8 (measured in Node 24).
 */
const abbreviation =
  /(?:^|[\s(“"'])(?:\p{Lu}|(?:\p{L}\.)+\p{L}|Dr|Mrs?|Ms|Prof|St|Mt|No|Nr|Fig|[Vv]s|[Aa]pprox|[Cc]a|Jr|Sr|Inc|Ltd|Co)\.\s*$/u;

/** Made when first needed: the first one of a process takes about 10 ms. */
let sentences: Intl.Segmenter | undefined;

/** The first sentence of a text without its end mark. */
function firstSentence(text: string): string {
  sentences ??= new Intl.Segmenter(undefined, { granularity: "sentence" });
  let sentence = "";
  for (const { segment } of sentences.segment(text)) {
    sentence += segment;
    if (!abbreviation.test(sentence)) {
      break;
    }
  }
  return sentence
    .trim()
    .replace(/[.!?。！？…]+$/u, "")
    .trimEnd();
}

/**
 * Alt text from a prompt: its first sentence, at most 125 characters, the length that screen
 * readers are known to read in one go.
 */
export function altText(prompt: string): string {
  const text = prompt.replace(unreadableCharacters, " ").trim();
  const withoutLeadIn = text.replace(leadIn, "");
  const characters = [...firstSentence(withoutLeadIn)];
  return characters.length <= 125 ? characters.join("") : `${characters.slice(0, 124).join("").trimEnd()}…`;
}

/** Alt text from the name of a file: `images/red-hut_2.png` becomes “red hut 2”. */
export const altTextOfFileName = (path: string): string =>
  (path.split("/").at(-1) ?? "")
    .replace(/(?<=.)\.[^.]*$/, "")
    .replace(/[-_\s]+/g, " ")
    .trim();

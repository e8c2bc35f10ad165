import { Refusal } from "./refusal.ts";

/** The special behaviour that a prompt can request. */
export interface Directives {
  /** Refuses the task with this error code: nothing accepted, nothing billed. */
  readonly refuse?: string;
  /** Error code of failed results. Without `fail`, all results fail. */
  readonly error?: string;
  /** How many results fail, counted from the last one. */
  readonly fail?: number;
  /**
   * The form of reported failures: 1 in `errors`, 2 as an item with `error`, 3 as a flat item
   * (runware-api.md, section 3).
   */
  readonly form: 1 | 2 | 3;
  /** Seconds until the first picture. */
  readonly delay?: number;
  /** Accepts and bills the task, then cuts the connection instead of answering. */
  readonly cut: boolean;
  /** The task never finishes. */
  readonly stall: boolean;
  /** With a safety check, the results are flagged. */
  readonly nsfw: boolean;
}

const directivePattern = /\[sandbox:([^\]]*)\]/g;
const errorCodePattern = /^\w+$/;
const failureForms = [1, 2, 3] as const;

/**
 * The directives of a prompt, `[sandbox:name=value name …]`; `undefined` if a value is not valid.
 */
const directiveParsers: Readonly<Record<string, (value: string) => Partial<Directives> | undefined>> = {
  refuse: (value) => (errorCodePattern.test(value) ? { refuse: value } : undefined),
  error: (value) => (errorCodePattern.test(value) ? { error: value } : undefined),
  fail: (value) => (/^[1-9]\d?$/.test(value) ? { fail: Number(value) } : undefined),
  form: (value) => {
    const form = failureForms.find((known) => String(known) === value);
    return form === undefined ? undefined : { form };
  },
  delay: (value) => (/^\d{1,4}(\.\d+)?$/.test(value) ? { delay: Number(value) } : undefined),
  cut: (value) => (value === "" ? { cut: true } : undefined),
  stall: (value) => (value === "" ? { stall: true } : undefined),
  nsfw: (value) => (value === "" ? { nsfw: true } : undefined),
};

/** The prompt without its directives, as the label shows it. */
export const withoutDirectives = (prompt: string): string =>
  prompt.replace(directivePattern, " ").replace(/\s+/g, " ").trim();

/**
 * Reads the directives of a prompt.
 * @throws Refusal if one is unknown, so that a typing mistake does not look like success.
 */
export function readDirectives(prompt: string): Directives {
  let directives: Directives = { form: 1, cut: false, stall: false, nsfw: false };
  const words = [...prompt.matchAll(directivePattern)].flatMap(([, inside = ""]) =>
    inside.split(/[\s,]+/).filter(Boolean),
  );
  for (const word of words) {
    const [name = "", value = ""] = word.split("=", 2);
    const parsed = Object.hasOwn(directiveParsers, name) ? directiveParsers[name]?.(value) : undefined;
    if (parsed === undefined) {
      const known = Object.keys(directiveParsers).join(", ");
      const message = `The sandbox does not understand '${word}' in the prompt. It knows: ${known}.`;
      throw new Refusal({ code: "invalidPositivePrompt", message, parameter: "positivePrompt" });
    }
    directives = { ...directives, ...parsed };
  }
  return directives;
}

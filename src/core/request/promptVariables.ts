const variablePattern = /\{([\p{L}_][\p{L}\p{N}_ -]{0,40})\}/gu;

/** Names of the `{variables}` in a prompt, each once, in order. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(variablePattern)].map(([, name = ""]) => name)),
];

/** The prompt with its variables filled in; one without a value stays. */
export const fillVariables = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(variablePattern, (match, name: string) => values.get(name) ?? match);

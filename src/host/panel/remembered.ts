/** A function of a text whose answers are remembered until it is told to forget them. */
export function remembered<Answer>(ask: (text: string) => Answer): { get(text: string): Answer; forget(): void } {
  const answers = new Map<string, Answer>();
  return {
    get(text) {
      const known = answers.get(text);
      if (known !== undefined) {
        return known;
      }
      const answer = ask(text);
      answers.set(text, answer);
      return answer;
    },
    forget: () => answers.clear(),
  };
}

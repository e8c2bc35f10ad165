// Replaces VS Code: offers its API, records what the page posts, and lets the host in Node answer
// it. The state is kept over a reload, as in VS Code.
(() => {
  const stateKey = "limn-state";
  const questions = ["ready", "showSheet", "findPrompts"];
  window.recordedIntents = [];
  // Number of questions without an answer.
  window.unanswered = 0;
  const api = {
    postMessage(message) {
      const plain = structuredClone(message);
      if (plain.bytes instanceof Uint8Array) plain.bytes = Array.from(plain.bytes);
      window.recordedIntents.push(plain);
      if (questions.includes(message.type)) {
        window.unanswered++;
        window.askHost(plain).then((answers) => {
          for (const answer of answers) window.postMessage(answer);
          window.unanswered--;
        });
      }
    },
    getState() {
      const text = sessionStorage.getItem(stateKey);
      return text === null ? undefined : JSON.parse(text);
    },
    setState(state) {
      sessionStorage.setItem(stateKey, JSON.stringify(state));
    },
  };
  let given = false;
  window.acquireVsCodeApi = () => {
    if (given) throw new Error("An instance of the VS Code API has already been acquired");
    given = true;
    return api;
  };
})();

// Replaces VS Code: offers its API, records what the page posts, and answers `ready` with
// the newest snapshot. The state is kept over a reload, as in VS Code.
(() => {
  const stateKey = "limn-state";
  window.recordedIntents = [];
  const api = {
    postMessage(message) {
      const plain = structuredClone(message);
      if (plain.bytes instanceof Uint8Array) plain.bytes = Array.from(plain.bytes);
      window.recordedIntents.push(plain);
      if (message.type === "ready") {
        window.newestSnapshot().then((snapshot) => window.postMessage({ type: "snapshot", snapshot }));
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

// Code that runs in the page of Limn's panel, so it must not use anything outside.

/** What the code notes; times in milliseconds since the epoch. */
export type PanelReport =
  /** Generate was clicked. */
  | { readonly kind: "click"; readonly at: number }
  /** A message of the host has arrived. */
  | { readonly kind: "message"; readonly bytes: number; readonly at: number }
  /** The first picture of the sheet is another one, and was painted. */
  | { readonly kind: "picture"; readonly at: number };

/** Notes from now on what happens. */
export function watchPanel(): void {
  const reports: PanelReport[] = [];
  Reflect.set(window, "limnReports", reports);
  const epoch = (time: number): number => performance.timeOrigin + time;
  window.addEventListener("message", ({ data, timeStamp }) => {
    if (data?.type === "snapshot" || data?.type === "update") {
      reports.push({ kind: "message", bytes: JSON.stringify(data).length, at: epoch(timeStamp) });
    }
  });
  window.addEventListener(
    "click",
    (event) => {
      const isGenerate = event
        .composedPath()
        .some((target) => target instanceof Element && target.localName === "limn-generate-button");
      if (isGenerate) reports.push({ kind: "click", at: epoch(event.timeStamp) });
    },
    { capture: true },
  );
  const firstTile = (): HTMLElement | undefined => {
    const app = document.querySelector("limn-app")?.shadowRoot;
    const grid = app?.querySelector("limn-sheet")?.shadowRoot?.querySelector("limn-grid")?.shadowRoot;
    return grid?.querySelector<HTMLElement>(".tile") ?? undefined;
  };
  let shown = firstTile()?.dataset.job;
  const look = (): void => {
    const tile = firstTile();
    const image = tile?.querySelector("img");
    if (tile?.dataset.job !== shown && image?.complete === true && image.naturalWidth > 0) {
      shown = tile?.dataset.job;
      // A message that is sent in the callback of a frame arrives when the frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => reports.push({ kind: "picture", at: epoch(performance.now()) }));
      port1.start();
      port2.postMessage(undefined);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** What was noted so far. */
export const readPanelReports = (): readonly PanelReport[] => Reflect.get(window, "limnReports");

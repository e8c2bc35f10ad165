import type { SheetQuery } from "../../core/sheet/sheetIndex.ts";
import { post } from "../../webview/vscodeApi.ts";

/** Sends queries for the sheet to the host: one at a time, and then the newest one. */
export class SheetQueries {
  #asked = 0;
  #answered = 0;
  /** Number of the query that waits for its answer. */
  #sent: number | undefined;
  /** The newest query, if it is not sent yet. */
  #next: SheetQuery | undefined;
  #isHeld = false;

  /** Returns the number of the query. */
  ask(query: SheetQuery): number {
    this.#asked++;
    this.#next = query;
    this.#send();
    return this.#asked;
  }

  /** Number of the last query that was answered. */
  get answered(): number {
    return this.#answered;
  }

  /** Whether a query waits for its answer, or to be sent. */
  get isWaiting(): boolean {
    return (this.#sent ?? this.#next) !== undefined;
  }

  /** Called with the number of the query that a message answers. */
  onAnswer(queryNumber: number): void {
    this.#answered = queryNumber;
    if (this.#sent !== undefined && queryNumber >= this.#sent) {
      this.#sent = undefined;
      this.#send();
    }
  }

  /** Sends only the last query that `work` makes. */
  hold(work: () => void): void {
    this.#isHeld = true;
    work();
    this.#isHeld = false;
    this.#send();
  }

  #send(): void {
    if (this.#next !== undefined && this.#sent === undefined && !this.#isHeld) {
      const query = this.#next;
      this.#next = undefined;
      this.#sent = this.#asked;
      post({ type: "showSheet", queryNumber: this.#asked, ...query });
    }
  }
}

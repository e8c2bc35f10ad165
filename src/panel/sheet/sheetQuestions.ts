import type { Intent } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";

/** A question about the sheet, without its number. */
export type SheetQuestion = Omit<Extract<Intent, { type: "showSheet" }>, "type" | "question">;

/** Asks the host about the sheet: one question at a time, and then the newest one. */
export class SheetQuestions {
  #asked = 0;
  #answered = 0;
  /** Number of the question that waits for its answer. */
  #sent: number | undefined;
  #next: SheetQuestion | undefined;

  /** Asks, and returns the number of the question. */
  ask(question: SheetQuestion): number {
    this.#asked++;
    if (this.#sent === undefined) {
      this.#send(question);
    } else {
      this.#next = question;
    }
    return this.#asked;
  }

  /** Number of the last question that was answered. */
  get answered(): number {
    return this.#answered;
  }

  /** Whether a question waits for its answer. */
  get isWaiting(): boolean {
    return this.#sent !== undefined;
  }

  /** Called with the number of the question that a message answers. */
  onAnswer(question: number): void {
    this.#answered = question;
    if (this.#sent !== undefined && question >= this.#sent) {
      this.#sent = undefined;
      const next = this.#next;
      this.#next = undefined;
      if (next !== undefined) {
        this.#send(next);
      }
    }
  }

  #send(question: SheetQuestion): void {
    this.#sent = this.#asked;
    post({ type: "showSheet", question: this.#asked, ...question });
  }
}

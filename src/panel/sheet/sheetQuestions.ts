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
  /** The newest question, if it is not sent yet. */
  #next: SheetQuestion | undefined;
  #isHeld = false;

  /** Asks, and returns the number of the question. */
  ask(question: SheetQuestion): number {
    this.#asked++;
    this.#next = question;
    this.#send();
    return this.#asked;
  }

  /** Number of the last question that was answered. */
  get answered(): number {
    return this.#answered;
  }

  /** Whether a question waits for its answer, or to be sent. */
  get isWaiting(): boolean {
    return (this.#sent ?? this.#next) !== undefined;
  }

  /** Called with the number of the question that a message answers. */
  onAnswer(question: number): void {
    this.#answered = question;
    if (this.#sent !== undefined && question >= this.#sent) {
      this.#sent = undefined;
      this.#send();
    }
  }

  /** Sends only the last question that `work` asks. */
  hold(work: () => void): void {
    this.#isHeld = true;
    work();
    this.#isHeld = false;
    this.#send();
  }

  #send(): void {
    if (this.#next !== undefined && this.#sent === undefined && !this.#isHeld) {
      const question = this.#next;
      this.#next = undefined;
      this.#sent = this.#asked;
      post({ type: "showSheet", question: this.#asked, ...question });
    }
  }
}

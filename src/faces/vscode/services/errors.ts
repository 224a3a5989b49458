import * as vscode from 'vscode';
import { isWheelhouseError, messageOf } from '../../../core/base/errors.ts';

const showOutput = 'Show Output';

/** How this face says what went wrong: once, in a sentence, with the long part in the output channel. */
export class Errors {
  readonly #output: vscode.LogOutputChannel;
  readonly #printed = new WeakSet<Error>();

  constructor(output: vscode.LogOutputChannel) {
    this.#output = output;
  }

  /** Tells the user. Something that the user cancelled is only logged. */
  show(error: unknown): void {
    if (isWheelhouseError(error)) {
      if (error.code === 'cancelled') {
        this.#output.info(error.message);
        return;
      }
      this.#output.warn(error.message);
      if (error.details && !this.#printed.has(error)) this.#output.appendLine(error.details);
      this.#notify(error.message, error.details !== undefined);
    } else {
      this.log(error);
      this.#notify('Wheelhouse hit an internal error.', true);
    }
  }

  /** The details of this error are in the output channel already. */
  detailsPrinted(error: Error): void {
    this.#printed.add(error);
  }

  /** For what happens behind the scenes, where a notification would only be in the way. */
  log(error: unknown): void {
    this.#output.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
  }

  /** Runs `work`; shows what goes wrong, and then returns undefined. */
  async guard<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.show(error);
      return undefined;
    }
  }

  #notify(message: string, withOutput: boolean): void {
    void vscode.window.showErrorMessage(message, ...(withOutput ? [showOutput] : [])).then((choice) => {
      if (choice === showOutput) this.#output.show(true);
    });
  }
}

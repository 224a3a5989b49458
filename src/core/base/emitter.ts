import type { Disposable } from './disposable.ts';

/** A typed event. A listener that throws does not keep the others from hearing it. */
export class Emitter<T> {
  #listeners = new Set<(value: T) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void = () => undefined) {
    this.#onError = onError;
  }

  readonly event = (listener: (value: T) => void): Disposable => {
    // Wrapped, so that one function subscribed twice has two subscriptions.
    const entry = (value: T) => {
      listener(value);
    };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}

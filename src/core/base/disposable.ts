/** What everything that subscribes returns to its owner. Structurally equal to VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Several disposables with one owner; disposed last-in first-out, each at most once. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = [];
  #disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    const items = this.#items.splice(0);
    for (const item of items.reverse()) item.dispose();
  }
}

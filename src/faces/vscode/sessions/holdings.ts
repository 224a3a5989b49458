import { holdingsOfSessions } from '../../../adapters/node/coordination/holdings.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { Session } from '../../../core/sessions/index.ts';
import type { Face } from './face.ts';
import type { Holdings } from './rows.ts';

/** Claims and barriers are looked at this often while somebody can see them. */
const LOOK_MS = 3_000;

/** What the sessions have claimed and wait at, kept up to date while the view is visible. */
export class ShownHoldings implements Disposable {
  readonly #face: Face;
  readonly #changed: () => void;
  readonly #timer: NodeJS.Timeout;
  #known: ReadonlyMap<string, Holdings> = new Map();
  #looking = false;
  #disposed = false;

  constructor(face: Face, isVisible: () => boolean, changed: () => void) {
    this.#face = face;
    this.#changed = changed;
    this.#timer = setInterval(() => isVisible() && void this.look(), LOOK_MS);
  }

  of({ key }: Session): Holdings | undefined {
    return this.#known.get(key);
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
  }

  /** Looks once, now. Never throws. */
  async look(): Promise<void> {
    // A slow disk must not be asked again before it has answered.
    if (this.#looking) return;
    this.#looking = true;
    try {
      const found = await holdingsOfSessions(this.#face.dataRoot, this.#face.list());
      if (this.#isDisposed() || JSON.stringify([...found]) === JSON.stringify([...this.#known])) return;
      this.#known = found;
      this.#changed();
    } catch (error) {
      this.#face.services.errors.log(error);
    } finally {
      this.#looking = false;
    }
  }

  #isDisposed(): boolean {
    return this.#disposed;
  }
}

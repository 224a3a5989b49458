import { Standings, type Standing } from '../../../adapters/node/coordination/standings.ts';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { Session } from '../../../core/sessions/index.ts';
import type { Face } from './face.ts';

/** What nobody writes down (a lease that runs out, a session in another folder) is looked at this often while somebody can see it. */
const LOOK_MS = 3_000;

/** How the sessions stand with each other: what they have claimed, where they wait, what they say. Kept up to date while the view is visible. */
export class ShownHoldings implements Disposable {
  readonly #face: Face;
  readonly #isVisible: () => boolean;
  readonly #changed: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #standings: Standings;
  #known: ReadonlyMap<string, Standing> = new Map();
  #shown = '';
  #looking = false;
  #again = false;
  #disposed = false;

  constructor(face: Face, isVisible: () => boolean, changed: () => void) {
    this.#face = face;
    this.#isVisible = isVisible;
    this.#changed = changed;
    this.#standings = new Standings(face.dataRoot, () => this.#lookIfSeen());
    this.#timer = setInterval(() => this.#lookIfSeen(), LOOK_MS);
  }

  of({ key }: Session): Standing | undefined {
    return this.#known.get(key);
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    this.#standings.dispose();
  }

  #lookIfSeen(): void {
    if (this.#isVisible()) void this.look();
  }

  /** Looks once, now. Never throws. */
  async look(): Promise<void> {
    // A slow disk must not be asked again before it has answered.
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    try {
      const found = await this.#standings.of(this.#face.list());
      const shown = JSON.stringify([...found], leaveOutSeconds);
      if (this.#isDisposed() || shown === this.#shown) return;
      this.#known = found;
      this.#shown = shown;
      this.#changed();
    } catch (error) {
      this.#face.services.errors.log(error);
    } finally {
      this.#looking = false;
      if (this.#again && !this.#isDisposed()) {
        this.#again = false;
        void this.look();
      }
    }
  }

  #isDisposed(): boolean {
    return this.#disposed;
  }
}

/** The tree shows minutes: it is not drawn anew because a lease has a second less. */
function leaveOutSeconds(name: string, value: unknown): unknown {
  if (name === 'remainingSeconds') return Math.round(Number(value) / 60);
  return name === 'expiresAt' || name === 'deadline' ? undefined : value;
}

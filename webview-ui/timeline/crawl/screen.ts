/** What shows the prompts: rolling away into the sky, or, under reduced motion, as a calm list. */
import type { Playlist } from '../theatre/playlist.ts';
import type { CrawlFacts } from './facts.ts';
import type { Texts } from './texts.ts';

/** What is played; made anew for each stretch of time. */
export interface Programme {
  readonly list: Playlist;
  readonly texts: Texts;
  readonly facts: CrawlFacts;
  /** Of the project, on how many days there were prompts up to the last one. */
  readonly episode: number;
}

export interface ScreenEvents {
  /** Another prompt is at reading height. */
  onCurrent(index: number): void;
  /** The last prompt has gone by. */
  onEnd(): void;
}

export interface Screen {
  readonly element: HTMLElement;
  /** From the title when `index` is 0, else at a prompt. */
  start(programme: Programme, index: number): void;
  goTo(index: number): void;
  setPlaying(playing: boolean): void;
  /** A factor; 1 is to read along. */
  setSpeed(speed: number): void;
  /** Pixels; undefined: as the stage's width suggests. */
  setFont(size: number | undefined): void;
  /** The size of letters now, pixels. */
  readonly font: number;
  /** Texts have come. */
  wake(): void;
  /** A prompt has other stars. */
  rated(index: number): void;
  /** Ends every timer. */
  stop(): void;
  dispose(): void;
}

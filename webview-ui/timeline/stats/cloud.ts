/** Places words in a cloud: all of them, and always in the same way. */
import cloud from 'd3-cloud';
import type { WordCount } from '../../../src/protocol/timeline.ts';
import { seeded } from '../crawl/star-field.ts';
import { fontSizes, shortened } from './word-sizes.ts';

export interface PlacedWord {
  readonly word: string;
  /** What of it is shown. */
  readonly text: string;
  readonly count: number;
  readonly size: number;
  /** Pixels from the middle, of the letters' base line. */
  readonly x: number;
  readonly y: number;
}

export interface Cloud {
  readonly words: readonly PlacedWord[];
  /** Words that found no place even in the smallest letters. */
  readonly left: readonly string[];
  /** What the words cover, pixels from the middle. */
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface Word extends cloud.Word {
  readonly entry: WordCount;
}

/** Pixels; nobody could read smaller letters. */
const smallest = 3;

/**
 * d3-cloud leaves out, without a word, what finds no room. So it is asked again with letters of nine tenths
 * until every word has its place.
 * @param width Pixels. @param font A CSS font family. @returns undefined when it was stopped.
 */
export async function layOut(entries: readonly WordCount[], width: number, height: number, font: string, stopped: () => boolean): Promise<Cloud | undefined> {
  const sizes = fontSizes(entries, width, height);
  const largest = Math.max(...sizes, 1);
  for (let scale = 1; ; scale *= 0.9) {
    const { placed, bounds } = await once(entries, sizes.map((size) => size * scale), width, height, font);
    if (stopped()) return undefined;
    if (placed.length === entries.length || largest * scale * 0.9 < smallest) {
      const found = new Set(placed.map(({ entry }) => entry));
      return { words: placed.map(({ entry, text = '', size = 0, x = 0, y = 0 }) => ({ word: entry.word, text, count: entry.count, size, x, y })), left: entries.filter((entry) => !found.has(entry)).map(({ word }) => word), bounds };
    }
  }
}

function once(entries: readonly WordCount[], sizes: readonly number[], width: number, height: number, font: string): Promise<{ placed: readonly Word[]; bounds: Cloud['bounds'] }> {
  // It counts in words of 32 pixels.
  const size: [number, number] = [Math.floor(width / 32) * 32, Math.floor(height)];
  return new Promise((resolve) => {
    cloud<Word>()
      // The layout writes into its words: those of the round before would bring their old places along.
      .words(entries.map((entry, index) => ({ entry, text: shortened(entry.word), size: Math.max(sizes[index] ?? 0, 1) })))
      .size(size)
      .rotate(0)
      .padding(2)
      .font(font)
      .fontWeight(600)
      .fontSize((word) => word.size ?? 1)
      .random(seeded(7))
      .timeInterval(10)
      .on('end', (placed: Word[], corners: readonly { readonly x: number; readonly y: number }[] | null) => {
        const [from = { x: 0, y: 0 }, to = { x: size[0], y: size[1] }] = corners ?? [];
        resolve({ placed, bounds: { x: from.x - size[0] / 2, y: from.y - size[1] / 2, width: to.x - from.x, height: to.y - from.y } });
      })
      .start();
  });
}

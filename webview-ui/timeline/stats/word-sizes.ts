/** How large the words of a cloud are, before it is known whether they fit. */
import type { WordCount } from '../../../src/protocol/timeline.ts';

/** Letters; the list under the cloud has the whole word. */
const longest = 24;

/** A word of a cloud must not be wider than the cloud. */
export function shortened(word: string): string {
  const letters = Array.from(word);
  return letters.length <= longest ? word : `${letters.slice(0, longest - 1).join('')}…`;
}

/** Width of a letter as a share of its size, bold, with the space around a word. */
const letterWidth = 0.62;
const lineHeight = 1.15;
/** How much of the area words can cover before there are no more gaps for the next. */
const filling = 0.85;
const least = 10;
const most = 76;

/** @param entries With counts above 0. @returns Pixels, in the order of `entries`: the area of a word grows with its count. */
export function fontSizes(entries: readonly WordCount[], width: number, height: number): number[] {
  const weights = entries.map(({ count }) => Math.sqrt(Math.max(count, 1)));
  const area = entries.reduce((sum, { word }, index) => sum + shortened(word).length * letterWidth * lineHeight * (weights[index] ?? 0) ** 2, 0);
  const scale = Math.sqrt((filling * width * height) / Math.max(area, 1));
  return entries.map(({ word }, index) => {
    const widest = (width * 0.9) / (Math.max(shortened(word).length, 1) * letterWidth);
    return Math.min(Math.max((weights[index] ?? 0) * scale, least), most, widest);
  });
}

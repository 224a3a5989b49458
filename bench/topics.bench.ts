/** Topics of 10,000 prompts: time, and how well topics that were planted are found again. */
import { topicsOf } from '../src/core/prompts/beyond/index.ts';
import { figure, medianMs, type Figure } from './figure.ts';

const prompts = 10_000;
const planted = 15;

export async function run(): Promise<Figure[]> {
  const { texts, topics } = plant(1);
  const time = await medianMs(5, () => topicsOf(texts, { count: planted }));
  const found = topicsOf(texts, { count: planted });
  // What a user would get by looking at one prompt after the other and guessing the most frequent topic.
  const largest = Math.max(...Array.from({ length: planted }, (_, topic) => topics.filter((each) => each === topic).length)) / prompts;
  let right = found.others.length / planted;
  for (const { members } of found.topics) {
    const counts = new Map<number, number>();
    for (const member of members) counts.set(topics[member]!, (counts.get(topics[member]!) ?? 0) + 1);
    right += Math.max(...counts.values());
  }
  return [figure('topics of 10,000 prompts', time, 'ms', 5), figure('purity on 15 planted topics (baseline: the largest topic for all)', right / prompts, 'share', prompts, largest)];
}

/** Prompts of 4 to 60 words: mostly everybody's words (Zipf), some of their topic's own 150 and a few of another's. */
function plant(seed: number): { texts: string[]; topics: number[] } {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const zipf = (size: number) => Math.floor(size ** random()) - 1;
  const texts: string[] = [];
  const topics: number[] = [];
  for (let i = 0; i < prompts; i++) {
    const topic = Math.floor(planted * random() ** 1.5);
    const words = Array.from({ length: 4 + Math.floor(56 * random() ** 2) }, () => {
      const kind = random();
      if (kind < 0.25) return `topic${letters(topic)}x${letters(zipf(150))}`;
      if (kind < 0.29) return `topic${letters(Math.floor(planted * random()))}x${letters(zipf(150))}`;
      return `common${letters(zipf(30_000))}`;
    });
    texts.push(words.join(' '));
    topics.push(topic);
  }
  return { texts, topics };
}

/** A number in letters, because numbers are no words. */
function letters(number: number): string {
  return number.toString(26).replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 26)));
}

/** What the crawl plays: the page's selection, with what the opening says about it. */
import { Playlist } from '../theatre/playlist.ts';
import type { ViewContext } from '../view.ts';
import { crawlFacts, episodeNumber } from './facts.ts';
import type { Programme } from './screen.ts';
import { Texts } from './texts.ts';

/** @returns undefined when there is nothing to play. */
export function programmeOf(context: ViewContext, onText: () => void): Programme | undefined {
  const list = new Playlist(context);
  if (list.count === 0) return undefined;
  const facts = crawlFacts(list.times, (index) => list.projectAt(index));
  const texts = new Texts(context.source, list.ids, onText, (error) => context.fail(error));
  return { list, facts, texts, episode: episodeNumber(timesOf(context, facts.project), facts.to) };
}

/** All prompts of a project, also outside of the selection. */
function* timesOf({ timeline: { prompts, projects } }: ViewContext, label: string): Iterable<number> {
  for (let row = 0; row < prompts.count; row++) {
    if ((projects[prompts.project[row] ?? 0]?.label ?? '') === label) yield prompts.at[row] ?? 0;
  }
}

/** The page's side of the stage: one view, with a page around it that the test plays. */
import '../../../../webview-ui/timeline/page/page.css';
import { isTyping } from '../../../../webview-ui/timeline/page/dom.ts';
import type { Change, CreateView, Selection, View, ViewContext } from '../../../../webview-ui/timeline/view.ts';
import type { PromptSource } from '../../../../webview-ui/timeline/source.ts';
import { createCrawl } from '../../../../webview-ui/timeline/crawl/index.ts';
import { createStats } from '../../../../webview-ui/timeline/stats/index.ts';
import { createTheatre } from '../../../../webview-ui/timeline/theatre/index.ts';
import { detailOf, makeHistory, statsOf, wordsOf, type HistoryOptions } from './prompts.ts';
import type { WordCount } from '../../../../src/protocol/timeline.ts';

export interface StageOptions extends HistoryOptions {
  readonly view: 'theatre' | 'crawl' | 'stats';
  readonly reducedMotion?: boolean;
  readonly state?: unknown;
  readonly words?: readonly WordCount[];
  readonly refuse?: boolean;
}

/** What the test asks afterwards. */
export interface Stage {
  readonly view: View;
  readonly rated: [id: number, rating: number][];
  readonly said: string[];
  readonly opened: string[];
  readonly searched: string[];
  readonly failed: string[];
  readonly selected: (number | undefined)[];
  state: unknown;
  hide(): void;
  show(): void;
  tell(change: Change): void;
  /** As if it were rated elsewhere on the page. */
  rate(id: number, rating: number): void;
}

declare global {
  interface Window {
    play(options: StageOptions): void;
    stage: Stage;
  }
}

const views: Record<StageOptions['view'], CreateView> = { theatre: createTheatre, crawl: createCrawl, stats: createStats };

window.play = (options) => {
  const history = makeHistory(options);
  const { timeline } = history;
  const { prompts } = timeline;
  const none = () => Promise.reject(new Error('not on this stage'));
  const source: PromptSource = {
    can: { rate: true, publish: false, openSession: false, exportCsv: false },
    timeline: () => Promise.resolve(timeline),
    prompt: (id) => (options.refuse ? Promise.reject(new Error('The agent no longer has this prompt.')) : Promise.resolve(detailOf(history, id))),
    briefs: (ids) => Promise.resolve(ids.map((id) => ({ id, at: prompts.at[id - 1]!, text: history.texts[(id - 1) % history.texts.length]!, rating: prompts.rating[id - 1]! }))),
    search: none,
    stats: (period) => Promise.resolve(statsOf(history, period)),
    words: (_period, technical, limit) => Promise.resolve(options.words?.slice(0, limit) ?? wordsOf(technical, limit)),
    rate: none,
    note: none,
    copy: none,
    publish: none,
    openSession: none,
    exportCsv: none,
    onChange: () => undefined,
    onShow: () => undefined,
    ready: () => Promise.resolve({}),
    loadState: () => undefined,
    saveState: () => undefined,
  };
  const selection: Selection = { ids: prompts.id, period: { from: prompts.at[0] ?? 0, to: prompts.at[prompts.count - 1] ?? 0 }, title: `${prompts.count} prompts, Tue 7 Oct 2025`, marked: false };
  const stage = { rated: [], said: [], opened: [], searched: [], failed: [], selected: [], state: options.state } as Omit<Stage, 'view' | 'hide' | 'show' | 'tell' | 'rate'>;
  const context: ViewContext = {
    source,
    timeline,
    selection,
    wholePeriod: { from: prompts.at[0], to: prompts.at[prompts.count - 1] },
    selected: undefined,
    reducedMotion: options.reducedMotion === true,
    rowOf: (id) => (id >= 1 && id <= prompts.count ? id - 1 : -1),
    select: (id) => stage.selected.push(id),
    rate: (id, rating) => {
      stage.rated.push([id, rating]);
      prompts.rating[id - 1] = rating;
      return Promise.resolve(true);
    },
    announce: (text) => stage.said.push(text),
    fail: (error) => stage.failed.push(String(error)),
    search: (text) => stage.searched.push(text),
    open: (tab) => stage.opened.push(tab),
    loadState: () => stage.state,
    saveState: (_tab, state) => void (stage.state = JSON.parse(JSON.stringify(state))),
  };
  const view = views[options.view](context);
  const main = document.createElement('main');
  main.className = 'page';
  main.append(view.element);
  document.body.replaceChildren(main);
  view.show(context);
  addEventListener('keydown', (event) => {
    if (!event.defaultPrevented && !isTyping(event.target) && view.key?.(event) === true) event.preventDefault();
  });
  window.stage = Object.assign(stage, { view, hide: () => view.hide(), show: () => view.show(context), tell: (change: Change) => view.update?.(change), rate: (id: number, rating: number) => void (prompts.rating[id - 1] = rating) });
};

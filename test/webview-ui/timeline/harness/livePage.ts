/** Runs in the browser: the page over a source that can rate and change, as in VS Code; the test holds it by `window.live`. */
import '../../../../webview-ui/timeline/page/page.css';
import '../../../../webview-ui/timeline/page/standalone.css';
import { readEmbeddedTimeline, timelineDataElement, timelineOf, type TimelineFile } from '../../../../src/protocol/timelineFile.ts';
import type { SearchResult, Timeline, TimelineRequest } from '../../../../src/protocol/timeline.ts';
import { embeddedSource } from '../../../../webview-ui/timeline/embedded/embeddedSource.ts';
import { startPage } from '../../../../webview-ui/timeline/start.ts';

export interface Live {
  /** What the page asked for, in order: `rate 5 3`. */
  readonly calls: string[];
  /** The next call of this name fails with these words. */
  failNext(name: string, words: string): void;
  /** Answers to searches wait until `answer` is called with their text. */
  holdSearches(): void;
  answer(text: string): void;
  change(file: TimelineFile): void;
  show(request: TimelineRequest): void;
}

declare global {
  interface Window {
    live?: Live;
  }
}

const file = readEmbeddedTimeline(document.getElementById(timelineDataElement)?.textContent ?? '');
let inner = embeddedSource(file);
let timeline: Timeline = timelineOf(file);
const calls: string[] = [];
const failures = new Map<string, string>();
const held = new Map<string, (result: SearchResult) => void>();
let holding = false;
let changed: () => void = () => undefined;
let shown: (request: TimelineRequest) => void = () => undefined;

function act(name: string, ...values: readonly unknown[]): Promise<void> {
  calls.push([name, ...values].join(' '));
  const words = failures.get(name);
  failures.delete(name);
  return words === undefined ? Promise.resolve() : Promise.reject(new Error(words));
}

window.live = {
  calls,
  failNext: (name, words) => void failures.set(name, words),
  holdSearches: () => (holding = true),
  answer: (text) => void inner.search({ text, projects: [], ratings: [] }).then((result) => held.get(text)?.(result)),
  change: (next) => {
    inner = embeddedSource(next);
    timeline = timelineOf(next);
    changed();
  },
  show: (request) => shown(request),
};

const root = document.getElementById('root');
if (root) {
  void startPage(root, {
    ...inner,
    can: { rate: true, publish: true, openSession: true, exportCsv: true },
    timeline: (version) => Promise.resolve(version === timeline.version ? undefined : timeline),
    prompt: (id) => inner.prompt(id),
    briefs: (ids) => inner.briefs(ids),
    search: (filter) => (holding ? new Promise((resolve) => held.set(filter.text, resolve)) : inner.search(filter)),
    rate: (id, rating) => act('rate', id, rating),
    note: (id, text) => act('note', id, text),
    copy: (text) => act('copy', text),
    publish: (id) => act('publish', id),
    openSession: (id) => act('openSession', id),
    exportCsv: (ids) => act('exportCsv', ids),
    onChange: (listener) => (changed = listener),
    onShow: (listener) => (shown = listener),
  });
}

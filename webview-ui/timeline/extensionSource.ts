/** Prompts from the extension. */
import type { TimelineProtocol, TimelineRequest } from '../../src/protocol/timeline.ts';
import { connectToExtension } from '../protocol/extension.ts';
import type { PromptSource } from './source.ts';

export function extensionSource(): PromptSource {
  const changed: (() => void)[] = [];
  const shown: ((request: TimelineRequest) => void)[] = [];
  const link = connectToExtension<TimelineProtocol>({
    changed: () => changed.forEach((tell) => tell()),
    show: (request) => shown.forEach((tell) => tell(request)),
  });
  const call: typeof link.call = (name, params, options) => link.call(name, params, options);
  return {
    can: { rate: true, publish: true, openSession: true, exportCsv: true },
    timeline: (version) => call('timeline', { version }),
    prompt: (id) => call('prompt', { id }),
    briefs: (ids) => call('briefs', { ids }),
    search: (filter) => call('search', { ...filter, agent: filter.agent, from: filter.from, to: filter.to, hasNote: filter.hasNote }),
    stats: ({ from, to }) => call('stats', { from, to }),
    words: ({ from, to }, technical, limit) => call('words', { from, to, technical, limit }),
    rate: (id, rating) => call('rate', { id, rating }),
    note: (id, text) => call('note', { id, text }),
    copy: (text) => call('copy', { text }),
    publish: (id) => call('publish', { id }, waitsForUser),
    openSession: (id) => call('openSession', { id }),
    exportCsv: (ids) => call('exportCsv', { ids }, waitsForUser),
    onChange: (listener) => void changed.push(listener),
    onShow: (listener) => void shown.push(listener),
    ready: () => call('ready', undefined),
    loadState: () => link.state.get(),
    saveState: (state) => link.state.set(state),
  };
}

/** A dialog may stand open for as long as the user likes. */
const waitsForUser = { timeoutMs: 24 * 60 * 60 * 1000 };

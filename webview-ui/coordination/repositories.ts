/** The repositories in the head of the page: which one is shown, and where somebody waits or was stopped. */
import type { RepositoryStand } from '../../src/protocol/coordination.ts';
import { h } from '../shared/dom.ts';
import { plural } from '../shared/format.ts';

/** One button for each; nothing where there is no choice. */
export function repositoryButtons(stands: readonly RepositoryStand[], shown: string, choose: (id: string) => void): readonly HTMLElement[] {
  if (stands.length < 2) return [];
  return stands.map(({ id, name, waiting, conflicts }) =>
    h(
      'button',
      { type: 'button', class: 'repository', 'data-key': `repository ${id}`, 'aria-pressed': String(id === shown), title: `${id}${conflicts > 0 ? `\n${plural(conflicts, 'conflict')} in the last hour` : ''}`, onclick: () => choose(id) },
      h('span', { class: 'name' }, name),
      waiting > 0 && h('span', { class: 'need waiting' }, plural(waiting, 'waits', 'wait')),
      conflicts > 0 && h('span', { class: 'need conflict' }, plural(conflicts, 'conflict')),
    ),
  );
}

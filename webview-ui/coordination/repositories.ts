/** The repositories in the head of the page: which one is shown, and where somebody waits or was stopped. */
import type { RepositoryStand } from '../../src/protocol/coordination.ts';
import { h } from '../shared/dom.ts';
import { counted } from './words.ts';

/** One button for each; nothing where there is no choice. */
export function repositoryButtons(stands: readonly RepositoryStand[], shown: string, choose: (id: string) => void): readonly HTMLElement[] {
  if (stands.length < 2) return [];
  return stands.map(({ id, name, waiting, conflicts }) =>
    h(
      'button',
      { type: 'button', class: 'repository', 'data-key': `repository ${id}`, 'aria-pressed': String(id === shown), title: `${id}${conflicts > 0 ? `\n${counted(conflicts, 'conflict')} in the last hour` : ''}`, onclick: () => choose(id) },
      h('span', { class: 'name' }, name),
      waiting > 0 && h('span', { class: 'need waiting' }, counted(waiting, 'waits', 'wait')),
      conflicts > 0 && h('span', { class: 'need conflict' }, counted(conflicts, 'conflict')),
    ),
  );
}

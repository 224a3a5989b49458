/** The names of the lanes, at their left; a click shows only that project. */
import type { TimelineProject } from '../../../src/protocol/timeline.ts';
import { count } from '../../shared/format.ts';
import type { Lanes } from '../model/lanes.ts';
import { element, setAttributes } from '../page/dom.ts';

export class LaneLabels {
  readonly element = element('div', { class: 'lanes', role: 'group', 'aria-label': 'Projects' });
  readonly #onClick: (project: number) => void;

  constructor(onClick: (project: number) => void) {
    this.#onClick = onClick;
  }

  /** @param chosen Folders that the filter lets through; empty: all. */
  show(lanes: Lanes, projects: readonly TimelineProject[], inView: ArrayLike<number>, chosen: readonly string[], laneHeight: number): void {
    const rows: HTMLElement[] = lanes.order.map((project, lane) => this.#label(project, lane, projects[project], inView[project] ?? 0, chosen));
    if (lanes.others) rows.push(others(lanes, inView));
    // The focus stays where it was when lanes change under it.
    const focused = document.activeElement instanceof HTMLElement && this.element.contains(document.activeElement) ? document.activeElement.dataset['lane'] : undefined;
    this.element.replaceChildren(...rows);
    for (const row of rows) row.style.height = `${laneHeight}px`;
    if (focused !== undefined) this.element.querySelector<HTMLElement>(`[data-lane="${CSS.escape(focused)}"]`)?.focus();
  }

  #label(project: number, lane: number, named: TimelineProject | undefined, n: number, chosen: readonly string[]): HTMLElement {
    const name = named?.label === undefined || named.label === '' ? 'unknown' : named.label;
    const pressed = named !== undefined && chosen.includes(named.path);
    const label = element('button', { type: 'button', class: `lane${n === 0 ? ' lane-idle' : ''}`, 'aria-pressed': pressed ? 'true' : 'false', 'data-lane': lane }, element('bdi', { class: 'lane-name' }, name), element('span', { class: 'lane-count' }, count(n), element('span', { class: 'for-screen-readers' }, ' in view')));
    setAttributes(label, { title: `${named?.path === undefined || named.path === '' ? 'No folder known' : named.path}\n${pressed ? 'Show all projects' : 'Show only this project'}` });
    label.addEventListener('click', () => this.#onClick(project));
    return label;
  }
}

function others(lanes: Lanes, inView: ArrayLike<number>): HTMLElement {
  let projects = 0;
  let prompts = 0;
  for (let project = 0; project < inView.length; project++) {
    if (lanes.laneOf[project] !== lanes.order.length || inView[project] === 0) continue;
    projects++;
    prompts += inView[project] ?? 0;
  }
  return element('div', { class: 'lane others' }, element('span', { class: 'lane-name' }, `${count(projects)} more`), element('span', { class: 'lane-count' }, count(prompts)));
}

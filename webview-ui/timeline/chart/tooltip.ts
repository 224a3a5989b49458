/** The small card beside a bubble: when, how long, and the beginning. */
import type { PromptBrief } from '../../../src/protocol/timeline.ts';
import { exactMoment, count, plural } from '../../shared/format.ts';
import { element } from '../page/dom.ts';

const letters = 300;

export interface Hovered {
  readonly at: number;
  readonly length: number;
  readonly rating: number;
  readonly project: string;
  /** How many prompts the bubble stands for. */
  readonly size: number;
}

export class Tooltip {
  readonly element = element('div', { class: 'tooltip', 'aria-hidden': 'true', hidden: true });
  readonly #head = element('div', { class: 'tooltip-head' });
  readonly #facts = element('div', { class: 'tooltip-facts' });
  readonly #text = element('div', { class: 'tooltip-text', dir: 'auto' });

  constructor() {
    this.element.append(this.#head, this.#facts, this.#text);
  }

  /** @param x,y where the bubble is, within the element that holds the tooltip. */
  show(prompt: Hovered, brief: PromptBrief | undefined, x: number, y: number): void {
    this.#head.textContent = exactMoment(prompt.at);
    const stars = prompt.rating === 0 ? 'unrated' : '★'.repeat(prompt.rating);
    this.#facts.textContent = [prompt.project, `${count(prompt.length)} characters`, stars, ...(prompt.size > 1 ? [`largest of ${plural(prompt.size, 'prompt')}`] : [])].join(' · ');
    this.#text.textContent = beginning(brief?.text ?? '', letters);
    this.element.hidden = false;
    const around = this.element.offsetParent?.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    const right = (around?.width ?? 0) - own.width - 8;
    this.element.style.left = `${Math.max(8, Math.min(right, x + 14))}px`;
    const below = y + 18;
    this.element.style.top = `${below + own.height > (around?.height ?? Infinity) ? Math.max(4, y - own.height - 14) : below}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}

/** The first letters, never half a letter. */
export function beginning(text: string, most: number): string {
  const trimmed = text.trim().replace(/\n{2,}/g, '\n');
  if (trimmed.length <= most) return trimmed;
  const cut = trimmed.slice(0, most);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

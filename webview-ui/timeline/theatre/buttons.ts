/** Buttons that say their key. */
import { element } from '../page/dom.ts';

interface Look {
  /** In place of the words, which are then only read and shown in the tooltip. */
  readonly glyph?: string;
  readonly key?: string;
  readonly class?: string;
}

export function button(label: string, look: Look, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: look.class });
  setButton(made, label, look);
  made.addEventListener('click', onClick);
  // A press with the mouse leaves the focus where it was, so that the keys go on meaning what they meant.
  made.addEventListener('mousedown', (event) => event.preventDefault());
  return made;
}

/** Other words on the same button: "Play" becomes "Pause". */
export function setButton(made: HTMLButtonElement, label: string, { glyph, key }: Look): void {
  made.title = key === undefined ? label : `${label} (${key})`;
  if (glyph === undefined) made.textContent = label;
  else {
    made.setAttribute('aria-label', label);
    made.replaceChildren(element('span', { 'aria-hidden': 'true' }, glyph));
  }
}

/** "Play" or "Pause" on the button that does it. */
export const setPlayButton = (made: HTMLButtonElement, playing: boolean): void => setButton(made, playing ? 'Pause' : 'Play', { glyph: playing ? '❚❚' : '▶', key: 'Space' });

/** What the page says: to a screen reader, and about what went wrong. */
import { button, element } from './dom.ts';
import { icon } from './icons.ts';

export class Notices {
  /** For screen readers only. */
  readonly live = element('div', { class: 'for-screen-readers', role: 'status', 'aria-live': 'polite' });
  readonly bar = element('div', { class: 'notice', role: 'alert', hidden: true });

  announce(text: string): void {
    // The same words again would not be spoken.
    this.live.textContent = this.live.textContent === text ? `${text}\u00A0` : text;
  }

  fail(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.bar.replaceChildren(element('span', { class: 'notice-text' }, text), button('Close', () => (this.bar.hidden = true), { icon: icon('close') }));
    this.bar.hidden = false;
  }
}

import { h } from './dom.ts';

/** Says things to screen readers; what is said twice in a row is heard twice. */
export function announcer(): { readonly element: HTMLElement; readonly say: (text: string) => void } {
  const element = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  let odd = false;
  return {
    element,
    say: (text) => {
      odd = !odd;
      // A region that does not change is not read: an unseen space makes the difference.
      element.textContent = odd ? text : `${text}\u00a0`;
    },
  };
}

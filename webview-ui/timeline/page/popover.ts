/** A small window below a button; Escape and a click beside it close it, and the focus goes back. */
import { element } from './dom.ts';

/** @returns how to close it. */
export function openPopover(anchor: HTMLElement, name: string, content: HTMLElement): () => void {
  const popover = element('div', { class: 'popover', popover: 'auto', role: 'dialog', 'aria-label': name }, content);
  anchor.closest('.page')?.append(popover);
  anchor.setAttribute('aria-expanded', 'true');
  popover.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    anchor.removeAttribute('aria-expanded');
    const inside = popover.contains(document.activeElement) || document.activeElement === document.body;
    popover.remove();
    if (inside) anchor.focus();
  });
  popover.showPopover();
  place(popover, anchor);
  (popover.querySelector<HTMLElement>('[autofocus], input, [tabindex="0"], button') ?? popover).focus();
  return () => popover.hidePopover();
}

function place(popover: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const own = popover.getBoundingClientRect();
  popover.style.left = `${Math.max(8, Math.min(window.innerWidth - own.width - 8, at.left))}px`;
  const below = at.bottom + 4;
  popover.style.top = `${below + own.height > window.innerHeight - 8 ? Math.max(8, window.innerHeight - own.height - 8) : below}px`;
}

/**
 * A view that came to the front takes the focus, so that its keys work at once. Who walks along the tabs with the
 * keyboard keeps the focus there.
 */
export function takeFocus(view: HTMLElement): void {
  const now = document.activeElement;
  if (now?.getAttribute('role') === 'tab' && now.matches(':focus-visible')) return;
  view.focus({ preventScroll: true });
}

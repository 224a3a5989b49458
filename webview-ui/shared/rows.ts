/** Which rows of a long list are on the screen. Only those are elements. */

/** Browsers have no taller elements. */
const tallest = 8_000_000;

/** Height of everything that can be scrolled. */
export const fullHeight = (rows: number, rowHeight: number): number => Math.min(tallest, rows * rowHeight);

/**
 * The rows on the screen. In a table that is taller than an element can be, the scroll bar goes in larger steps.
 * @returns the first row, how many, and where the first one stands.
 */
export function visibleRows(rows: number, rowHeight: number, scrollTop: number, viewHeight: number): { readonly first: number; readonly count: number; readonly top: number } {
  const count = Math.min(rows, Math.ceil(viewHeight / rowHeight) + 2);
  const whole = rows * rowHeight;
  if (whole <= tallest) {
    const first = Math.max(0, Math.min(rows - count, Math.floor(scrollTop / rowHeight)));
    return { first, count, top: first * rowHeight };
  }
  const share = scrollTop / Math.max(1, tallest - viewHeight);
  const exact = share * (whole - viewHeight);
  const first = Math.max(0, Math.min(rows - count, Math.floor(exact / rowHeight)));
  return { first, count, top: scrollTop - (exact - first * rowHeight) };
}

/** Where to scroll so that a row is seen; undefined when it is. */
export function scrollTo(row: number, rows: number, rowHeight: number, scrollTop: number, viewHeight: number): number | undefined {
  const whole = rows * rowHeight;
  const factor = whole <= tallest ? 1 : (tallest - viewHeight) / (whole - viewHeight);
  const exact = scrollTop / factor;
  if (row * rowHeight < exact) return row * rowHeight * factor;
  if ((row + 1) * rowHeight > exact + viewHeight) return ((row + 1) * rowHeight - viewHeight) * factor;
  return undefined;
}

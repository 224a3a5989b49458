/** Where rows stand, of which one may be open and taller than the others. Pixels. */
export interface Layout {
  readonly rows: number;
  readonly rowHeight: number;
  /** The place of the open row; -1 for none. */
  readonly open: number;
  /** What it needs beyond its row. */
  readonly extra: number;
}

export function heightOf({ rows, rowHeight, open, extra }: Layout): number {
  return rows * rowHeight + (open >= 0 ? extra : 0);
}

export function topOf({ rowHeight, open, extra }: Layout, at: number): number {
  return at * rowHeight + (open >= 0 && at > open ? extra : 0);
}

/** The row at this height; the open row reaches over what it shows. */
export function rowAt(layout: Layout, top: number): number {
  const { rows, rowHeight, open, extra } = layout;
  const below = open >= 0 && top >= topOf(layout, open) + rowHeight;
  const at = below ? Math.max(open, Math.floor((top - extra) / rowHeight)) : Math.floor(top / rowHeight);
  return Math.max(0, Math.min(rows - 1, at));
}

/** The first row on the screen, and the one behind the last. */
export function visible(layout: Layout, scrollTop: number, viewHeight: number): { readonly from: number; readonly to: number } {
  if (layout.rows === 0) return { from: 0, to: 0 };
  return { from: rowAt(layout, scrollTop), to: Math.min(layout.rows, rowAt(layout, scrollTop + viewHeight) + 2) };
}

/** Where to scroll so that a row is seen whole; undefined when it is. */
export function scrollFor(layout: Layout, at: number, scrollTop: number, viewHeight: number): number | undefined {
  const top = topOf(layout, at);
  const bottom = top + layout.rowHeight + (at === layout.open ? Math.min(layout.extra, Math.max(0, viewHeight - 2 * layout.rowHeight)) : 0);
  if (top < scrollTop) return top;
  return bottom > scrollTop + viewHeight ? bottom - viewHeight : undefined;
}

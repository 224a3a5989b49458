/** Wheel, drag, pinch and click on the lanes, as what they mean. Places in CSS pixels from the upper left. */

export interface GestureHandlers {
  /** `factor` below 1 shows less time; the moment at `x` stays where it is. */
  zoom(x: number, factor: number): void;
  /** The ground moves with the hand. */
  pan(dx: number): void;
  hover(place: { readonly x: number; readonly y: number } | undefined): void;
  click(x: number, y: number): void;
  doubleClick(x: number, y: number): void;
  /** A box that is being drawn, and the one that was. */
  drawBox(box: Box): void;
  endBox(box: Box): void;
  /** Whether a drag draws a box. */
  marking(): boolean;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Movement below this is a click. */
const clickSlack = 4;
/** A notch of a wheel (100 pixels) changes the visible time by this factor. */
const perNotch = 1.35;

/** Pixels from a wheel that counts in lines or pages. */
export function wheelPixels(delta: number, mode: number): number {
  return mode === 1 ? delta * 16 : mode === 2 ? delta * 400 : delta;
}

/** Pinching on a touchpad arrives as a wheel with Ctrl, in small steps. */
export function wheelFactor(pixels: number, pinch: boolean): number {
  return Math.pow(perNotch, Math.max(-3, Math.min(3, (pixels * (pinch ? 4 : 1)) / 100)));
}

export function listenToGestures(on: HTMLElement, handlers: GestureHandlers): void {
  const pointers = new Map<number, { x: number; y: number }>();
  let start: { x: number; y: number; box: boolean; moved: boolean } | undefined;
  const place = (event: MouseEvent) => {
    const { left, top } = on.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const boxTo = ({ x, y }: { x: number; y: number }): Box => ({ left: Math.min(x, start?.x ?? x), right: Math.max(x, start?.x ?? x), top: Math.min(y, start?.y ?? y), bottom: Math.max(y, start?.y ?? y) });

  on.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { x } = place(event);
      const across = wheelPixels(event.deltaX, event.deltaMode);
      const along = wheelPixels(event.deltaY, event.deltaMode);
      if (event.shiftKey && across === 0) handlers.pan(-along);
      else if (!event.ctrlKey && Math.abs(across) > Math.abs(along)) handlers.pan(-across);
      else if (along !== 0) handlers.zoom(x, wheelFactor(along, event.ctrlKey));
    },
    { passive: false },
  );
  on.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    on.setPointerCapture(event.pointerId);
    const at = place(event);
    pointers.set(event.pointerId, at);
    start = pointers.size === 1 ? { ...at, box: event.shiftKey || handlers.marking(), moved: false } : undefined;
    handlers.hover(undefined);
  });
  on.addEventListener('pointermove', (event) => {
    const at = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === 'mouse' || event.pointerType === 'pen') handlers.hover(at);
      return;
    }
    if (pointers.size === 2) pinch(event.pointerId, before, at);
    else if (start) {
      start.moved ||= Math.hypot(at.x - start.x, at.y - start.y) > clickSlack;
      if (start.moved && start.box) handlers.drawBox(boxTo(at));
      else if (start.moved) {
        on.classList.add('dragging');
        handlers.pan(at.x - before.x);
      }
    }
    pointers.set(event.pointerId, at);
  });
  const end = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    on.classList.remove('dragging');
    const at = place(event);
    if (start && event.type === 'pointerup') {
      if (start.moved && start.box) handlers.endBox(boxTo(at));
      else if (!start.moved) handlers.click(at.x, at.y);
    }
    start = undefined;
  };
  on.addEventListener('pointerup', end);
  on.addEventListener('pointercancel', end);
  on.addEventListener('pointerleave', () => handlers.hover(undefined));
  on.addEventListener('dblclick', (event) => {
    const { x, y } = place(event);
    handlers.doubleClick(x, y);
  });

  function pinch(id: number, before: { x: number; y: number }, at: { x: number; y: number }): void {
    const other = [...pointers].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const spread = (a: { x: number; y: number }) => Math.max(20, Math.hypot(a.x - other.x, a.y - other.y));
    handlers.zoom((at.x + other.x) / 2, spread(before) / spread(at));
    handlers.pan((at.x - before.x) / 2);
  }
}

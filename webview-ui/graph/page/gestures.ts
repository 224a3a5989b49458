/** Pointer, wheel and two fingers, as zoom, pan, hover and click. Places are pixels in the element. */

export interface GestureListener {
  readonly zoom: (factor: number, x: number, y: number) => void;
  readonly pan: (dx: number, dy: number) => void;
  /** Without a place: the pointer is gone. */
  readonly hover: (x?: number, y?: number) => void;
  readonly click: (x: number, y: number) => void;
}

/** A pointer that moved no further did not drag. */
const STILL = 4;
/** A notch of a wheel is about 100 pixels. */
const WHEEL = 0.0018;
const LINE_PIXELS = 16;

export function gestures(element: HTMLElement, listener: GestureListener): void {
  const down = new Map<number, { x: number; y: number }>();
  let moved = false;
  let start = { x: 0, y: 0 };
  const at = ({ clientX, clientY }: MouseEvent) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const { x, y } = at(event);
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1);
    // Two fingers on a pad come as a wheel with Ctrl, in smaller steps.
    listener.zoom(Math.exp(-pixels * WHEEL * (event.ctrlKey ? 6 : 1)), x, y);
  }, { passive: false });

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
    start = at(event);
    moved = down.size > 1;
  });
  element.addEventListener('pointermove', (event) => {
    const now = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      listener.hover(now.x, now.y);
      return;
    }
    if (Math.hypot(now.x - start.x, now.y - start.y) > STILL) moved = true;
    if (!moved) return;
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, now);
    element.classList.add('dragging');
    listener.hover();
    if (other) listener.zoom(Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y)), other.x, other.y);
    else listener.pan(now.x - before.x, now.y - before.y);
  });
  const up = (event: PointerEvent) => {
    const place = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (down.size === 0) element.classList.remove('dragging');
    if (place && !moved && event.type === 'pointerup') listener.click(start.x, start.y);
  };
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', () => listener.hover());
}

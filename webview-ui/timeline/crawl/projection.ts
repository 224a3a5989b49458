/**
 * Where a point of the tilted plane is seen. The plane is turned about the stage's bottom edge
 * (CSS `perspective` and `rotateX` with the origin there), so that edge is seen at its true size.
 */

/** The angle of the plane: with it, about 2.1 perspective distances above the bottom edge is the horizon. */
export const tilt = (25 * Math.PI) / 180;
export const tiltDegrees = 25;

/** Perspective as a share of the stage's height, so that every stage shows the same picture. */
export const perspectiveShare = 0.55;

/** @param up Pixels on the plane, from the bottom edge. @returns Pixels on the screen above the bottom edge. */
export function seenAt(up: number, perspective: number): number {
  return (up * Math.cos(tilt) * perspective) / (perspective + up * Math.sin(tilt));
}

/** The reverse; Infinity at the horizon and above. */
export function planeAt(seen: number, perspective: number): number {
  const rest = perspective * Math.cos(tilt) - seen * Math.sin(tilt);
  return rest > 0 ? (seen * perspective) / rest : Infinity;
}

/** Radius of a bubble by the length of its prompt: the area grows with the length. */

export const smallestRadius = 4;
/** Lengths from here on look alike, so that one pasted novel does not make dots of all the others. */
export const longest = 4000;

/** Radii in CSS pixels, rounded to whole ones, for prompts of these lengths. */
export function radii(lengths: Uint32Array, laneHeight: number): Uint8Array {
  const largest = largestRadius(laneHeight);
  const scale = (largest - smallestRadius) / Math.sqrt(longest);
  const result = new Uint8Array(lengths.length);
  for (let row = 0; row < lengths.length; row++) result[row] = Math.min(largest, Math.round(smallestRadius + scale * Math.sqrt(lengths[row] ?? 0)));
  return result;
}

/** Neighbours in time never get the same height: multiples of the golden ratio are as far apart as they can be. */
const golden = 0.6180339887498949;

/**
 * How far above or below the middle of its lane each bubble floats, in CSS pixels, so that those of one moment do
 * not hide each other. It depends on the prompt alone: no bubble moves because of another.
 */
export function offsets(ids: Uint32Array, radius: Uint8Array, laneHeight: number): Int8Array {
  const result = new Int8Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    const room = Math.max(0, Math.min(250, laneHeight) / 2 - 2 - (radius[row] ?? 0));
    const share = ((ids[row] ?? 0) * golden) % 1;
    result[row] = Math.round((share * 2 - 1) * room * 0.8);
  }
  return result;
}

export function largestRadius(laneHeight: number): number {
  return Math.max(smallestRadius + 1, Math.min(20, Math.floor(laneHeight / 2.6)));
}

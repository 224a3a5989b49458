/** What is to be painted, as plain data. */
import type { Camera, Size } from '../model/camera.ts';
import type { Places } from '../model/layout.ts';
import type { Net } from '../model/net.ts';
import type { Palette } from './palette.ts';

export interface Scene {
  readonly net: Net;
  readonly places: Places;
  readonly camera: Camera;
  readonly size: Size;
  /** By place: 0 not there, 1 faint, 2 lit. */
  readonly levels: Uint8Array;
  /** By place: which of the palette's tags; -1 none. */
  readonly colours: Int8Array;
  /** Radii at a zoom of 1. */
  readonly radii: Float32Array;
  /** Places, the most linked first: the order in which titles get room. */
  readonly byWeight: readonly number[];
  readonly palette: Palette;
}

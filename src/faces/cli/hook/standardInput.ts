import { fstatSync, readSync } from 'node:fs';

/** The result of a tool can be long; of what is longer than this nobody wants to know. */
const MOST_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** Read piece by piece, without a stream where that can be: to set one up takes milliseconds that an agent waits for. */
export async function standardInput(): Promise<string> {
  // A terminal, which would wait for somebody to type, or nothing at all. (`isatty` would load all of Node's network.)
  if (fstatSync(0).isCharacterDevice()) return '';
  const pieces: Buffer[] = [];
  let bytes = 0;
  const add = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes <= MOST_BYTES) pieces.push(piece);
  };
  try {
    for (let more = true; more; ) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const length = readSync(0, piece);
      add(piece.subarray(0, length));
      more = length > 0;
    }
  } catch (error) {
    // A pipe that does not block has nothing yet; of others, this is how Windows says that it has ended.
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') for await (const piece of process.stdin as AsyncIterable<Buffer>) add(piece);
  }
  return bytes > MOST_BYTES ? '' : Buffer.concat(pieces).toString('utf8');
}

/**
 * The one error class of the product. Code that fails in a way the user can act on throws a
 * `WheelhouseError`; each face maps its code once (exit code, notification, MCP tool error).
 * Anything else that is thrown is a bug.
 */
export type ErrorCode =
  /** The command line or the arguments make no sense (CLI exit code 2). */
  | 'usage'
  /** The thing named does not exist. */
  | 'not-found'
  /** The input has a shape or a size that is not accepted. */
  | 'invalid-input'
  /** A rule of the product says no, for example a failing smoke test. */
  | 'refused'
  /** Somebody else changed the same thing; nothing was written. */
  | 'conflict'
  /** A file or folder cannot be read. */
  | 'unreadable'
  /** A file or folder cannot be written: read-only, no permission, disk full. */
  | 'unwritable'
  /** A program that is needed is not there. */
  | 'missing-program'
  /** The user, a client or a time limit ended the operation. */
  | 'cancelled'
  | 'timeout';

export class WheelhouseError extends Error {
  override readonly name = 'WheelhouseError';
  readonly code: ErrorCode;
  /** Evidence that is too long for a message, such as the end of a test's output. */
  readonly details: string | undefined;

  /**
   * @param message What happened and what to do about it, one or two sentences on one line, for the user's eyes.
   */
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: string } = {}) {
    super(message, options);
    this.code = code;
    this.details = options.details;
  }
}

export function isWheelhouseError(error: unknown): error is WheelhouseError {
  return error instanceof WheelhouseError;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

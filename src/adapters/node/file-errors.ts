import { WheelhouseError, isWheelhouseError, messageOf } from '../../core/base/errors.ts';

/** The `code` of a Node error, such as `ENOENT`. */
export function errorCodeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The error for something that could not be written: what happened and what to do. */
export function unwritable(path: string, error: unknown): WheelhouseError {
  if (isWheelhouseError(error)) return error;
  return new WheelhouseError('unwritable', `Cannot write ${path}: ${adviceFor(error)}`, { cause: error });
}

/** The error for something that could not be read. */
export function unreadable(path: string, error: unknown): WheelhouseError {
  if (isWheelhouseError(error)) return error;
  return new WheelhouseError('unreadable', `Cannot read ${path}: ${adviceFor(error)}`, { cause: error });
}

function adviceFor(error: unknown): string {
  switch (errorCodeOf(error) ?? '') {
    case 'ENOSPC':
      return 'the disk is full. Free some space and try again.';
    case 'EDQUOT':
      return 'the disk quota is used up. Free some space and try again.';
    case 'EFBIG':
      return 'the file would grow beyond the limit that is set for this process. Raise the limit (ulimit -f) and try again.';
    case 'EROFS':
      return 'it is on a read-only file system. Mount that writable, or choose another place.';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied. Check the owner and the mode of the file and of its folder.';
    case 'EISDIR':
      return 'it is a folder. Give the path of a file.';
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder. Correct the path.';
    case 'ENOENT':
      return 'its folder is not there. Correct the path, or try again.';
    case 'ELOOP':
      return 'its symbolic links lead in a circle. Correct the links.';
    case 'ENAMETOOLONG':
      return 'the name is too long. Choose a shorter one.';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open. Close some programs, or raise the limit (ulimit -n), and try again.';
    case 'EIO':
      return 'the disk reports an error. Check the disk.';
    default:
      return `${messageOf(error)}.`;
  }
}

export interface Hasher {
  /** SHA-256 of the UTF-8 bytes, lower-case hex. */
  sha256(text: string): string;
  /** The object id that git gives to a file with this text (UTF-8), lower-case hex SHA-1. */
  gitBlob(text: string): string;
}

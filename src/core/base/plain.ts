/** Text of others, for a terminal, a refusal or a model: what would steer a terminal or turn the direction of writing is replaced. */

/** On one line. */
export function plainLine(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '\u{fffd}');
}

/** Its tabs and line breaks stay. */
export function plain(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '\u{fffd}');
}

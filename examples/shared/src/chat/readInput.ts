/** The longest name and text, in characters as people count them nearly everywhere: code points. */
export const MAX_NAME = 32;
export const MAX_TEXT = 2_000;

/** Controls, line breaks, half characters, and what turns the writing direction: a name stands in the middle of other text. */
const UNFIT_FOR_NAMES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Neither space nor something that shows nothing. */
const VISIBLE = /[^\p{C}\p{Z}\s]/u;

/** A name as it will be shown; a mistake as an `Error` whose message says what to write. */
export function readName(input: string): string | Error {
  const name = input.trim();
  if (!VISIBLE.test(name) || lengthOf(name) > MAX_NAME) return new Error(`A name has 1 to ${MAX_NAME} characters.`);
  return UNFIT_FOR_NAMES.test(name) ? new Error('A name has no control characters.') : name;
}

/** The user of a name: names that look alike but for capitals or the width of letters are one. */
export const userOf = (name: string): string => name.normalize('NFKC').toLowerCase();

/** A text as it will be shown; a mistake as an `Error` whose message says what to write. */
export function readText(input: string): string | Error {
  const text = input
    .trim()
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n');
  if (!VISIBLE.test(text)) return new Error('A message needs something to read.');
  const length = lengthOf(text);
  if (length <= MAX_TEXT) return text;
  return new Error(`A message has at most ${counted(MAX_TEXT)} characters; this one has ${counted(length)}.`);
}

export const lengthOf = (text: string): number => [...text].length;

const counted = (count: number): string => count.toLocaleString('en');
